import { ResourceProviderService } from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import type * as messages from '@pulumi/pulumi/proto/provider_pb.js';
import providerMessages from '@pulumi/pulumi/proto/provider_pb.js';
import pluginMessages from '@pulumi/pulumi/proto/plugin_pb.js';
import type { FakeGoogle } from './fake-google.ts';
import { answering, empty, propertiesOf, type Properties, type Served, serve, structOf } from './protocol.ts';
import { named } from './urn.ts';

const { PropertyDiff } = providerMessages;
const { Kind } = PropertyDiff;
const KINDS = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
} as const;

/** Serves the provider `gcp` on top of a fake. The engine uses it where `PULUMI_DEBUG_PROVIDERS` names its port: nothing is looked up or installed. */
export function serveProvider(google: FakeGoogle, version: string): Promise<Served> {
  return serve((server) =>
    server.addService(ResourceProviderService, {
      handshake: answering(() => new providerMessages.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true)),
      attach: answering(empty),
      cancel: answering(empty),
      getPluginInfo: answering(() => new pluginMessages.PluginInfo().setVersion(version)),
      getSchema: answering(() => new providerMessages.GetSchemaResponse().setSchema(JSON.stringify({ name: 'gcp', version }))),
      getMapping: answering(() => new providerMessages.GetMappingResponse()),
      getMappings: answering(() => new providerMessages.GetMappingsResponse()),
      checkConfig: answering((request: messages.CheckRequest) => checked(request)),
      diffConfig: answering(() => new providerMessages.DiffResponse().setChanges(providerMessages.DiffResponse.DiffChanges.DIFF_NONE)),
      configure: answering(() => new providerMessages.ConfigureResponse().setAcceptsecrets(true).setAcceptresources(true).setSupportspreview(true)),
      invoke: answering((request: messages.InvokeRequest) => new providerMessages.InvokeResponse().setReturn(structOf(google.invoke(request.getTok())))),
      check: answering((request: messages.CheckRequest) => checked(request)),
      diff: answering((request: messages.DiffRequest) => diff(google, request)),
      create: answering((request: messages.CreateRequest) => {
        const { id, state } = google.create(named(request.getUrn()), propertiesOf(request.getProperties()), request.getPreview());
        return new providerMessages.CreateResponse().setId(id).setProperties(structOf(state));
      }),
      read: answering((request: messages.ReadRequest) => read(google, request)),
      update: answering((request: messages.UpdateRequest) => {
        const state = google.update(named(request.getUrn()), request.getId(), propertiesOf(request.getOlds()), propertiesOf(request.getNews()), request.getPreview());
        return new providerMessages.UpdateResponse().setProperties(structOf(state));
      }),
      delete: answering((request: messages.DeleteRequest) => {
        google.delete(named(request.getUrn()), request.getId());
        return empty();
      }),
    }),
  );
}

/** Nothing is wrong and nothing is filled in: what Google accepts is not known here. */
function checked(request: messages.CheckRequest): messages.CheckResponse {
  return new providerMessages.CheckResponse().setInputs(request.getNews());
}

function diff(google: FakeGoogle, request: messages.DiffRequest): messages.DiffResponse {
  const changes = google.diff(named(request.getUrn()), propertiesOf(request.getOldInputs()), propertiesOf(request.getNews()));
  const { DIFF_NONE, DIFF_SOME } = providerMessages.DiffResponse.DiffChanges;
  const response = new providerMessages.DiffResponse().setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME).setHasdetaileddiff(true);
  response.setReplacesList(changes.filter(({ replaces }) => replaces).map(({ path }) => path));
  response.setDiffsList(changes.map(({ path }) => path));
  for (const { path, kind, replaces } of changes) response.getDetaileddiffMap().set(path, new PropertyDiff().setKind(KINDS[kind][replaces ? 1 : 0]).setInputdiff(true));
  return response;
}

/** What is there now: all of it, and what of it the program had set. */
function read(google: FakeGoogle, request: messages.ReadRequest): messages.ReadResponse {
  const state = google.read(named(request.getUrn()), request.getId());
  if (state === null) return new providerMessages.ReadResponse();
  const wanted = new Set(Object.keys(propertiesOf(request.getInputs())));
  const inputs: Properties = Object.fromEntries(Object.entries(state).filter(([key]) => wanted.has(key)));
  return new providerMessages.ReadResponse().setId(request.getId()).setProperties(structOf(state)).setInputs(structOf(inputs));
}
