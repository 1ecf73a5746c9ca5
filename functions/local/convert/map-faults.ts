import { Compile } from 'typebox/compile';
import { describe } from '../../payment/found.ts';
import { ConversionMapSchema } from './map-schema.ts';

const validator = Compile(ConversionMapSchema);

interface SchemaError {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly params: object;
}

/** One thing wrong with a map. */
export interface MapFault {
  /** Dotted, e.g. `fields.amount.format`; `the map` for the whole. */
  readonly place: string;
  readonly wrong: string;
}

/** Everything in a map that its schema refuses. Empty where the map fits. */
export function schemaFaults(map: unknown): MapFault[] {
  const errors = validator.Errors(map) as SchemaError[];
  // A choice's branches each complain; the choice itself says it once.
  return errors.filter((error) => error.keyword !== 'boolean' && !error.schemaPath.includes('/anyOf/')).flatMap((error) => sentences(error, map));
}

function sentences(error: SchemaError, map: unknown): MapFault[] {
  const place = error.instancePath.slice(1).replaceAll('/', '.') || 'the map';
  return wrongs(error, describe(valueAt(map, error.instancePath))).map((wrong) => ({ place, wrong }));
}

function wrongs({ keyword, schemaPath, params: given }: SchemaError, found: string): string[] {
  const params = given as Record<string, unknown>;
  switch (keyword) {
    case 'additionalProperties':
      return (params.additionalProperties as string[]).map((name) => `${describe(name)} is no part of a map here`);
    case 'required':
      return (params.requiredProperties as string[]).map((name) => `${name} is missing`);
    case 'enum':
      return [`found ${found}, expected one of ${(params.allowedValues as unknown[]).join(', ')}`];
    case 'const':
      return [`found ${found}, expected ${describe(params.allowedValue)}`];
    case 'type':
      return [`found ${found}, expected ${NAMES_OF_TYPES[String(params.type)] ?? 'another type'}`];
    default:
      return [`found ${found}, expected ${(schemaAt(schemaPath) as { title?: string }).title ?? limitOf(keyword, params)}`];
  }
}

const NAMES_OF_TYPES: Readonly<Record<string, string>> = {
  string: 'a text', object: 'an object', array: 'a list', integer: 'a whole number', number: 'a number', boolean: 'true or false',
};

function limitOf(keyword: string, params: Record<string, unknown>): string {
  if (keyword === 'minimum') return `${params.limit} or more`;
  if (keyword === 'maximum') return `${params.limit} or less`;
  if (keyword === 'minLength' || keyword === 'minItems') return 'something that is not empty';
  return 'what docs/convert.md says';
}

function valueAt(value: unknown, path: string): unknown {
  return steps(path).reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

function schemaAt(path: string): unknown {
  return steps(path.slice(1)).reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], ConversionMapSchema) ?? {};
}

/** The keys of a JSON pointer (RFC 6901). */
function steps(pointer: string): string[] {
  return pointer.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
