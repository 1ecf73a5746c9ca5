import type { Message } from '../pipeline/message.ts';

/** Bytes of a first message that are looked at. */
const LOOKED_AT = 64;

/** How the first message of a file begins: JSON that isn't one message a line, or anything else. */
export type JsonForm = 'array' | 'array over lines' | 'object over lines' | 'other';

/** The form of a file, by its first message. A bracket alone opens an array even where later lines could be read; what has an id of its own is a message. */
export function jsonForm({ data, message_id, source, line_number }: Pick<Message, 'data' | 'message_id' | 'source' | 'line_number'>): JsonForm {
  if (message_id !== `${source}:${line_number}`) return 'other';
  const beginning = Buffer.from(data.subarray(0, LOOKED_AT)).toString('latin1').trim();
  if (beginning === '[') return 'array over lines';
  if (beginning.startsWith('[')) return 'array';
  return beginning === '{' ? 'object over lines' : 'other';
}

const ARRAY = "It looks like one JSON array, as `gcloud pubsub subscriptions pull --format=json` prints it. Put one message on each line: jq -c '.[]' FILE > messages.jsonl";
const FIXES: Readonly<Record<JsonForm, string | null>> = {
  array: ARRAY,
  'array over lines': ARRAY,
  'object over lines': 'It looks like JSON over several lines. Put one message on each line: jq -c . FILE > messages.jsonl',
  other: null,
};

/** What turns a file of that form into one message a line; null where the form is not what is wrong with it. */
export function formFix(form: JsonForm): string | null {
  return FIXES[form];
}
