import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { alertsOf } from '../../../infra/monitoring/alerts.ts';
import { input } from '../recorded-stack.ts';
import { isProtected, type StackRule } from './rule.ts';

/** Bytes of an alert's page that are sent along with it. https://cloud.google.com/monitoring/quotas */
const LONGEST_PAGE = 8_192;

export const ALERT_RULES: readonly StackRule[] = [
  {
    name: 'every alert has conditions, a page of its own that fits, and goes to who is named',
    check: (stack) => {
      for (const { id, conditions } of alertsOf(stack.configuration)) {
        const policy = stack.one('AlertPolicy', id);
        expect(conditions.length).toBeGreaterThan(0);
        expect(policy.inputs.conditions).toHaveLength(conditions.length);
        expect(policy.inputs.enabled).not.toBe(false);
        const page = String(input(policy, 'documentation.content'));
        expect(page).toBe(readFileSync(new URL(`../../../docs/runbooks/${id}.md`, import.meta.url), 'utf8'));
        expect(Buffer.byteLength(page)).toBeLessThanOrEqual(LONGEST_PAGE);
        expect(page).toMatch(/\*\*What it means\.\*\*[\s\S]*\*\*Look at\*\*[\s\S]*\*\*Do\*\*[\s\S]*\*\*When it is over\.\*\*/);
        expect(page).not.toMatch(/\$\{/); // Monitoring would fill it in
        expect(policy.inputs.notificationChannels ?? []).toHaveLength(Number(isProtected(stack)));
        const [condition] = policy.inputs.conditions as { conditionMatchedLog?: unknown }[];
        if (condition.conditionMatchedLog) expect(input(policy, 'alertStrategy.notificationRateLimit.period')).toBe('300s');
      }
    },
  },
];
