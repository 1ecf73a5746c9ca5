import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Claims } from '../../functions/ports.ts';
import { ingestThrough, seeded, simulated } from '../support/books-in-test.ts';
import { rows, run } from '../support/run-command.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const SEED = Number(process.env.TEST_SEED ?? 31);
const RATES = { republished: 0.06, conflicts: 0.02, redelivered: 0.04, late: 0.03, dead_letters: 0.01 };

const everyoneOwns: Claims = { claim: async (requests) => requests.map(({ owner }) => ({ result: 'claimed', owner })) };

/** Claims of which one in three is lost before it can be found again. */
function forgetful(seed: number): (claims: Claims) => Claims {
  const below = seeded(seed);
  return (claims) => ({
    claim: async (requests) => {
      const results = await claims.claim(requests);
      return results.map((found, index) => (below(3) === 0 ? { result: 'claimed', owner: requests[index].owner } : found));
    },
  });
}

/** Claims of which every answer that is a copy names another owner than the real one. */
const wrongOwner = (claims: Claims): Claims => ({ claim: async (requests) => (await claims.claim(requests)).map((found) => (found.result === 'claimed' ? found : { ...found, owner: 'nobody' })) });

const BROKEN: [name: string, broken: (claims: Claims) => Claims, breaches: boolean][] = [
  ['that let everyone own', () => everyoneOwns, true],
  ['that are lost at random', forgetful(SEED), true],
  ['that name a wrong owner', wrongOwner, false],
];

test.each(BROKEN)('with claims %s the posting alone keeps ledger and dispositions as the answer key says', async (_name, broken, breaches) => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const { file, key } = await simulated(directory, 1_500, SEED, RATES);
  await ingestThrough(data, file, (opened) => ({ ...opened, claims: { ...broken(opened.claims), close: opened.claims.close } }));
  const { code, stdout } = await run('verify', '--answer-key', key, '--data-dir', data);
  expect(stdout.match(/^FAIL.*/gm), `seed ${SEED}`).toBeNull();
  expect(code, `seed ${SEED}`).toBe(0);
  const reconciled = await run('reconcile', '--data-dir', data, '--json');
  const errors = (JSON.parse(reconciled.stdout) as { breaks: { break_type: string; severity: string }[] }).breaks.filter((one) => one.severity === 'error').map((one) => one.break_type);
  expect({ code: reconciled.code, errors }, `seed ${SEED}`).toEqual(breaches ? { code: 1, errors: ['claim_breach'] } : { code: 0, errors: [] });
});

test('the claims alone record one message for each payment that comes in time', async () => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const { file } = await simulated(directory, 1_500, SEED, RATES);
  await ingestThrough(data, file, (opened) => opened);
  const twice = await rows(data, "SELECT transaction_id, COUNT(DISTINCT message_id) AS messages FROM payment_journal WHERE outcome = 'recorded' GROUP BY 1 HAVING COUNT(DISTINCT message_id) > 1");
  expect(twice, `seed ${SEED}`).toEqual([]);
});
