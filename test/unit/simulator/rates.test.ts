import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { resolveOptions } from '../../../functions/simulator/options.ts';
import { ratesReport } from '../../../functions/simulator/rates-report.ts';
import { parseRate, RATES, resolveRates } from '../../../functions/simulator/rates.ts';
import { simulated } from './simulated.ts';

describe('rates', () => {
  test.each([
    ['republished=0.01', ['republished', 0.01]],
    ['merchants=100', ['merchants', 100]],
    ['late=1e-3', ['late', 0.001]],
  ])('%s is read', (text, expected) => {
    expect(parseRate(text)).toEqual(expected);
  });

  test.each(['republished', '=1', 'republished=', 'republished=much'])('%s is refused', (text) => {
    expect(() => parseRate(text)).toThrow('name=number');
  });

  test('all faults are named at once', () => {
    expect(() => resolveRates({ republished: 2, nonsense: 0.1, merchants: 3 })).toThrow(/republished must be from 0 to 1, not 2\.\nThere is no rate nonsense\.\n.*at least 50/);
  });

  test('options out of range are named at once', () => {
    expect(() => resolveOptions({ payments: 0, days: 1.5, seed: 0.5, source: '', start: 'yesterday' })).toThrow(/start.*\n.*Payments.*\n.*Days.*\n.*seed.*\n.*source/);
  });

  test('a rate of 0 plants nothing, and the report says so beside the default', async () => {
    const rates = Object.fromEntries(RATES.filter((rate) => rate.unit === 'share' || rate.unit === 'per day' || rate.name === 'silent_hours' || rate.name === 'truncated_last_line').map((rate) => [rate.name, 0]));
    const simulation = await simulated({ payments: 6_000, rates });
    expect(simulation.key.planted).toEqual({});
    expect(simulation.key.dispositions).toEqual({ posted: 6_000, duplicate: 0, conflict: 0, pending: 0, rejected: 0, missing: 0 });
    expect(simulation.key.lines).toBe(6_000);
    expect(ratesReport(simulation.rates)).toMatch(/^republished +0\.3 % +0 % +0 %/m);
  });

  test('realised shares are near their rates', async () => {
    const { rates } = await simulated({ payments: 40_000, seed: 6 });
    for (const { name, set, realised, unit } of rates) {
      if (unit !== 'share' || set < 0.003 || ['republished_in_burst', 'redelivered_in_backlog', 'payouts'].includes(name)) continue;
      // Rare things are few in such a file; 0.06 is for those that are shares of few.
      expect(Math.abs((realised ?? 0) - set), name).toBeLessThan(Math.max(0.3 * set, 0.06 * Number(set > 0.02)) + 0.004);
    }
  });

  test('the report has a line for each rate and calls them assumptions', async () => {
    const report = ratesReport((await simulated({ payments: 100, days: 1 })).rates);
    expect(report).toContain('assumptions');
    for (const rate of RATES) expect(report).toMatch(new RegExp(`^${rate.name} `, 'm'));
  });

  test('docs/simulator.md lists every rate with its default', () => {
    const rows = [...readFileSync('docs/simulator.md', 'utf8').matchAll(/^\| `(\w+)` \| ([\d.]+) \| ([\w ]+) \|/gm)].map(([, name, value, unit]) => ({ name, default: Number(value), unit }));
    expect(rows).toEqual(RATES.map((rate) => ({ name: rate.name, default: rate.default, unit: rate.unit })));
  });
});
