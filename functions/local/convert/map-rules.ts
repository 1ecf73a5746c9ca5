import type { MapFault } from './map-faults.ts';
import type { ConversionMap, FieldSources, KindSource, TimeSource } from './map-schema.ts';
import { timeReader } from './time-text.ts';

type AnySource = { readonly column?: unknown; readonly columns?: unknown; readonly constant?: unknown };
type AmountSource = FieldSources['amount'];

/**
 * Rules of a map that its schema can't say, each broken one. Parts in which the schema found faults are left out.
 * @param map any JSON value
 */
export function ruleFaults(map: unknown, found: readonly MapFault[]): MapFault[] {
  const isSound = (place: string) => !found.some((fault) => fault.place === place || fault.place.startsWith(`${place}.`));
  const { fields, also, input } = (isObject(map) ? map : {}) as Partial<ConversionMap>;
  const sets: [string, Partial<FieldSources>][] = isObject(fields) ? [['fields', fields]] : [];
  const faults: MapFault[] = [];
  for (const [index, one] of (Array.isArray(also) ? also : []).entries()) {
    if (!isObject(one?.fields)) continue;
    sets.push([`also.${index}.fields`, one.fields]);
    faults.push(...missingInAlso(`also.${index}.fields`, one.fields));
  }
  for (const [place, set] of sets) {
    for (const [name, source] of Object.entries(set)) {
      if (isSound(`${place}.${name}`)) faults.push(...sourceFaults(`${place}.${name}`, name, source));
    }
  }
  if (input?.format === 'jsonl' && input.delimiter !== undefined) faults.push({ place: 'input.delimiter', wrong: 'JSON lines have none' });
  return faults;
}

function sourceFaults(place: string, name: string, source: unknown): MapFault[] {
  switch (name) {
    case 'metadata':
      return Object.entries(source as Record<string, AnySource>).flatMap(([key, text]) => oneOrigin(`${place}.${key}`, text));
    case 'kind':
      return kindFaults(place, source as KindSource);
    case 'amount':
      return amountFaults(place, source as AmountSource);
    case 'event_time':
    case 'captured_at':
      return [...oneOrigin(place, source as AnySource), ...timeFaults(place, source as TimeSource)];
    default:
      return oneOrigin(place, source as AnySource);
  }
}

function oneOrigin(place: string, source: AnySource): MapFault[] {
  const origins = [source.column, source.columns, source.constant].filter((origin) => origin !== undefined).length;
  return origins === 1 ? [] : [{ place, wrong: 'name exactly one of column, columns and constant' }];
}

function timeFaults(place: string, source: TimeSource): MapFault[] {
  const reader = timeReader(source);
  return typeof reader === 'string' ? [{ place, wrong: reader }] : [];
}

function amountFaults(place: string, source: AmountSource): MapFault[] {
  if (source.column_in === undefined && source.column_out === undefined) return oneOrigin(place, source);
  const alone = source.column === undefined && source.columns === undefined && source.constant === undefined;
  return alone && source.column_in !== undefined && source.column_out !== undefined ? [] : [{ place, wrong: 'name column_in and column_out together, and no other column' }];
}

function kindFaults(place: string, source: KindSource): MapFault[] {
  const bySign = [source.negative, source.positive, source.zero].some((kind) => kind !== undefined);
  if (source.from_sign_of === undefined) {
    return [...oneOrigin(place, source), ...(bySign ? [{ place, wrong: 'negative, positive and zero go with from_sign_of' }] : [])];
  }
  const others = source.column ?? source.columns ?? source.constant ?? source.values;
  return [
    ...(others === undefined ? [] : [{ place, wrong: 'from_sign_of stands alone; put the sign into values instead' }]),
    ...(source.positive === undefined || source.negative === undefined ? [{ place, wrong: 'from_sign_of needs negative and positive' }] : []),
  ];
}

/** A further payment of a row needs an id of its own. */
function missingInAlso(place: string, fields: object): MapFault[] {
  return ['transaction_id', 'kind', 'amount'].filter((name) => !(name in fields)).map((name) => ({ place, wrong: `${name} is missing: a further payment of a row has its own` }));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
