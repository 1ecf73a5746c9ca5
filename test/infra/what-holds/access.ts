import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { grantLine } from '../../../infra/grant.ts';
import { grantsOf } from '../../../infra/grants.ts';
import { PROJECT_NUMBER, type Recorded, type RecordedStack } from '../recorded-stack.ts';
import { isProtected, type StackRule } from './rule.ts';

/** The list that people read: of a protected stack with keys of its own. */
const LISTED = readFileSync(new URL('../grants.txt', import.meta.url), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));

export function grantsMade(stack: RecordedStack): readonly Recorded[] {
  return stack.resources.filter(({ type }) => /I[aA][mM](Member|Binding|Policy)|DatasetAccess$/.test(type));
}

/** Where the list that people read doesn't fit, the program's own. */
function listed(stack: RecordedStack): readonly string[] {
  if (!isProtected(stack)) return Object.values(grantsOf(stack.configuration)).flat().map(grantLine);
  return LISTED.filter((line) => stack.configuration.customer_managed_keys || !/ on key$/.test(line));
}

export const ACCESS_RULES: readonly StackRule[] = [
  {
    name: 'every grant is made that is listed, and nothing else grants',
    check: (stack) => {
      const made = grantsMade(stack);
      expect(made.map(({ name }) => name).sort()).toEqual([...listed(stack)].sort());
      expect(made.filter(({ type }) => /Binding$|Policy$/.test(type))).toEqual([]);
    },
  },
  {
    name: 'every grant gives the role that it is listed with, to whom it is listed with, and on that alone',
    check: (stack) => {
      for (const grant of Object.values(grantsOf(stack.configuration)).flat().filter(({ target }) => target.on !== 'books')) {
        const { inputs } = grantsMade(stack).find(({ name }) => name === grantLine(grant))!;
        expect(inputs.role).toBe(grant.role);
        expect(inputs.member).toMatch(grant.to.startsWith('agent:') ? new RegExp(`^serviceAccount:\\S*${PROJECT_NUMBER}\\S*@\\S+\\.gserviceaccount\\.com$`) : new RegExp(`^${grant.to}$`));
        if (grant.target.on === 'project') expect(inputs.condition).toEqual(grant.target.condition ? { ...grant.target.condition } : undefined);
      }
    },
  },
  { name: 'nothing is for everybody, and nobody owns or edits all', check: (stack) => expect(JSON.stringify(stack.resources)).not.toMatch(/allUsers|allAuthenticatedUsers|roles\/(owner|editor)"/) },
];
