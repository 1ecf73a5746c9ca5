import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { rows, run } from '../support/run-command.ts';
import { sharedDirectory } from '../support/temporary-directory.ts';
import { message, payment } from '../support/traffic.ts';

const TIME = '2024-03-01T10:00:00Z';
const CARD = '4111111111111111';
/** The same number as people and programs write it. */
const SPELLINGS = [CARD, '4111 1111 1111 1111', '4111-1111-1111-1111'];
const CODE = '9174';
const CUSTOMER = 'cus_canary_6502';
const EMAIL = 'canary.6502@example.org';
const FREE_TEXT = 'Canary prose, nobody else may read';
const ACTING = '\u001b[31m\u0007\u009b2J\u202e';
const FORMULA = '=HYPERLINK("http://canary.example","x")';
const SCRIPT = '<script>canary()</script>';
const QUOTES = "'; DROP TABLE payment_journal; --\"";

const CARD_IN_ANY_SPELLING = /4(?:[ -]?1){3}(?:[ -]?1){12}/;
const ACTS_ON_A_TERMINAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]|\r(?!\n)/;

/** Fields that nobody asked for, with everything in them that must not go further. */
const SECRETS = {
  metadata: { note: `${FREE_TEXT} ${SPELLINGS[1]} exp 12/30 cvv ${CODE}`, pan: Number(CARD), cvv: CODE, email: EMAIL, [SPELLINGS[2]!]: 1 },
  card: { number: SPELLINGS[2], verification: { cvc2: Number(CODE), deep: [{ pan: Number(CARD), text: `${CARD};cvv=${CODE}` }] } },
  raw_request: JSON.stringify({ pan: CARD, cvv: CODE }),
  email: EMAIL,
  [`pan ${CARD}`]: SCRIPT,
};
const GOOD = { customer_id: CUSTOMER, event_time: TIME, ...SECRETS };

/** Good payments, copies, conflicts, and messages broken in every way, each with the canaries. */
function canaryLines(): string[] {
  const bare = (id: string, change: Readonly<Record<string, unknown>> = {}) => payment(id, { ...GOOD, ...change });
  const broken = [
    ...SPELLINGS.map((spelling) => `{"customer_id":"${CUSTOMER}","email":"${EMAIL}","pan":"${spelling}","cvv" : "${CODE}"`),
    `${EMAIL} ${CUSTOMER} paid with ${CARD} cvv_code: ${CODE}`,
    `{${CUSTOMER}:1}`, JSON.stringify(`${CUSTOMER} ${EMAIL}`), JSON.stringify([CARD, CUSTOMER, { cvv: CODE }]), `{"note":1,${CARD}}`,
    bare('b1', { amount: SPELLINGS[1] }), bare('b2', { amount: Number(CARD) }), bare('b3', { currency: CARD, kind: `card ${CARD}` }),
    bare('b4', { customer_id: `${CUSTOMER}${ACTING}` }), bare('b5', { customer_id: CUSTOMER.repeat(20) }), bare('b6', { customer_id: [CUSTOMER] }),
    bare('b7', { ip_address: EMAIL.repeat(9), device_id: `${EMAIL}\u0000` }), bare('b8', { metadata: EMAIL }), bare('b9', { metadata: { email: EMAIL.repeat(40), pan: [CARD] } }),
    bare('b10', { amount: 'x', schema_version: CARD, event_time: `${CARD}${ACTING}` }),
    bare('b11', { country: CARD, mcc: CARD, card_bin: CARD, card_last4: CARD, region: `${CARD}${ACTING}` }),
    bare('b14', { amount: undefined, amount_minor: -Number(CARD), amount_exponent: Number(CARD) }), bare('b12').replace('"email"', `"customer_id":"${CUSTOMER}","email"`), bare('b13', { customer_id: `${CUSTOMER}\ud800` }),
  ];
  const ids = [ACTING, FORMULA, SCRIPT, QUOTES, '+1', '@x', '\t=1', '../../etc/passwd'];
  return [
    bare('bare-good'),
    ...broken,
    ...broken.map((text, place) => message(`broken-${place}`, TIME, text)),
    ...ids.map((id) => message(`m${id}`, TIME, bare(`t${id}`))),
    ...ids.map((id) => message(id, TIME, bare(id.replace(/[\p{Cc}\p{Cf}]/gu, ''), { merchant_id: SCRIPT, producer: FORMULA, region: QUOTES }))),
    ...ids.map((id) => message(`conflict ${id}`, TIME, bare(id.replace(/[\p{Cc}\p{Cf}]/gu, ''), { customer_id: `${CUSTOMER}-other`, merchant_id: FORMULA, amount: '11.00' }))),
    ...ids.map((id) => message(`rejected ${id}`, TIME, bare(id, { amount: 1 }))),
    JSON.stringify({ message: { messageId: 'attributes', publishTime: TIME, attributes: { [CARD]: CARD, cvv: CODE, customer_id: CUSTOMER }, data: Buffer.from(bare('attributes')).toString('base64') } }),
    JSON.stringify({ message: { messageId: 'no-base64', publishTime: TIME, data: `%%% ${CARD} ${EMAIL} cvv=${CODE}` } }),
    JSON.stringify({ message: { messageId: 'no-data', [CUSTOMER]: CARD, cvv: CODE } }),
    `${CARD} ${CUSTOMER} ${EMAIL} cvv=${CODE} `.repeat(20_000),
    `\u0000\u001b[2J${CARD}`,
  ];
}

/** Everything that was printed or written, by where. */
const spoken = new Map<string, string>();
let data = '';

async function say(name: string, ...args: string[]): Promise<void> {
  for (const json of name.startsWith('report') ? [[]] : [[], ['--json']]) {
    const { stdout, stderr } = await run(...args, ...json);
    const key = [name, ...json].join(' ');
    spoken.set(key, `${spoken.get(key) ?? ''}${stdout}${stderr}`);
  }
}

const directory = sharedDirectory();

beforeAll(async () => {
  const lines = canaryLines();
  const file = join(directory, `\u001b[31m${SCRIPT.replaceAll('/', '')} ${FORMULA.replaceAll('/', '')} '.jsonl`);
  const refused = join(directory, 'all-rejected.jsonl');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  writeFileSync(refused, lines.slice(1, 30).map((line) => `${line}\n`).join(''));
  data = join(directory, 'data');
  const here = ['--data-dir', data];
  const unreadable = [lines.length - 1, lines.length].map((line) => `${basename(file)}:${line}`); // too long, and no JSON
  await say('check', 'check', file);
  await say('check refused', 'check', refused);
  await say('ingest refused', 'ingest', refused, '--data-dir', join(directory, 'none'));
  const { code, stdout, stderr } = await run('ingest', file, ...here);
  expect(code, stderr).toBe(0);
  spoken.set('ingest', stdout + stderr);
  await say('ingest again', 'ingest', file, ...here);
  for (const command of ['post', 'sweep', 'reconcile', 'verify', 'config']) await say(command, command, ...here);
  for (const format of ['text', 'html', 'json', 'csv']) {
    await say(`report ${format}`, 'report', '--format', format, ...here);
    const out = join(directory, `report.${format}`);
    await run('report', '--format', format, '--out', out, ...here);
    spoken.set(`report file ${format}`, readFileSync(out, 'utf8'));
  }
  for (const id of ['bare-good', 'broken-9', 'broken-12', 'no-base64', QUOTES, FORMULA, `m${ACTING}`, ACTING, `nothing ${ACTING}`, ...unreadable]) await say('trace', 'trace', id, ...here);
  await say('sql', 'sql', 'SELECT * EXCLUDE (customer_id, payload) FROM payment_journal', ...here);
  await say('sql fault', 'sql', `SELECT "${ACTING}"`, ...here);
});

/** Tables and views that hold what is derived: all but the raw archive and the views that decode it. */
async function derived(): Promise<Map<string, string>> {
  const names = await rows(data, "SELECT table_name AS name FROM duckdb_tables() WHERE database_name = 'ledger' UNION ALL SELECT view_name FROM duckdb_views() WHERE database_name = 'ledger' AND NOT internal");
  const found = new Map<string, string>();
  for (const { name } of names) {
    if (name === 'raw_messages' || name === 'archived_messages') continue;
    found.set(String(name), JSON.stringify(await rows(data, `SELECT * FROM "${String(name)}"`)));
  }
  return found;
}

/** Where one of these texts stands, with what stands around it. */
function leaks(texts: ReadonlyMap<string, string>, pattern: RegExp): string[] {
  return [...texts].flatMap(([name, text]) => {
    const at = text.search(pattern);
    return at < 0 ? [] : [`${name}: ${JSON.stringify(text.slice(Math.max(0, at - 80), at + 80))}`];
  });
}

describe('what must not be there', () => {
  test('the canaries were read: payments are posted, the malformed are rejected, the archive holds all', async () => {
    const [counts] = await rows(data, "SELECT COUNT(*) AS lines, COUNT(*) FILTER (outcome = 'rejected') AS rejected, COUNT(*) FILTER (outcome = 'conflict') AS conflicts, (SELECT COUNT(*) FROM raw_messages) AS archived FROM payment_journal");
    expect(counts).toMatchObject({ lines: canaryLines().length, archived: canaryLines().length });
    expect(counts!.rejected).toBeGreaterThan(45);
    expect(counts!.conflicts).toBeGreaterThan(5);
  });

  test('card numbers and security codes stand in the raw archive alone', async () => {
    const all = new Map([...spoken, ...(await derived())]);
    expect(leaks(all, CARD_IN_ANY_SPELLING)).toEqual([]);
    expect(leaks(all, new RegExp(`(?<![0-9a-f])${CODE}(?![0-9a-f])`))).toEqual([]);
  });

  test('nor in any file of the data directory but the ledger that holds the archive', () => {
    const files = new Map(readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.startsWith('ledger.duckdb')).map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1')]));
    expect(leaks(files, CARD_IN_ANY_SPELLING)).toEqual([]);
    expect(leaks(files, new RegExp(`${CUSTOMER}|${EMAIL}|${FREE_TEXT}`))).toEqual([]);
  });

  test('customers, addresses and free text are in no report, no log and no fault', async () => {
    const faults = new Map((await rows(data, 'SELECT message_id, faults FROM payment_journal WHERE faults IS NOT NULL')).map(({ message_id, faults }) => [`faults of ${String(message_id)}`, String(faults)]));
    const said = [...spoken].filter(([name]) => !name.startsWith('trace'));
    expect(leaks(new Map([...said, ...faults]), /cus_can|canary\.6502|@example|Canary prose/)).toEqual([]);
  });

  test('the ledger keeps no device, address or free text', async () => {
    const ledger = new Map([['ledger', JSON.stringify(await rows(data, 'SELECT * FROM payment_transactions'))]]);
    expect(leaks(ledger, /canary\.6502|Canary prose/)).toEqual([]);
  });

  test('nothing acts on the terminal', () => expect(leaks(new Map([...spoken].filter(([name]) => !name.startsWith('report file'))), ACTS_ON_A_TERMINAL)).toEqual([]));

  test('no cell of the CSV is a formula, and no markup of the HTML is a stranger\'s', () => {
    const csv = spoken.get('report file csv')!;
    expect(csv).toContain('HYPERLINK');
    expect(csv.match(/(?:^|,)"?[\s]*[=+@][^,]*/gm)).toBeNull();
    const page = spoken.get('report file html')!;
    expect(page).toContain('&lt;script&gt;canary');
    expect(page).not.toMatch(/<script>canary/);
  });

  test('no quote of a stranger reaches the SQL', async () => {
    expect(spoken.get('trace')).toContain('DROP TABLE');
    expect(await rows(data, 'SELECT COUNT(*) > 0 AS there FROM payment_journal')).toEqual([{ there: true }]);
  });
});
