import { accountEmail, CLAIMS_COLLECTION, serviceName } from '../../infra/names.ts';
import { ownRoleName } from './own-role.ts';
import { isTrueAt, listAt, textAt, textsAt } from '../google/fields.ts';
import { unlessFaults } from '../result.ts';
import type { Asked, Check } from './check.ts';

const NO_ADMIN = 'Firestore\'s has no field settings: it deletes nothing, and indexes everything';

/** The claims: who may make them, and how long they stay. */
export const FIRESTORE_CHECKS: readonly Check[] = [
  {
    name: 'claims-end',
    asks: 'whether claims go by themselves some time after expires_at',
    no_emulator: NO_ADMIN,
    next: '`pulumi up` sets the policy; it takes some minutes to become active. Nothing depends on the hour: an expired claim that is still there counts.',
    async run(asked) {
      const state = textAt(await field(asked, 'expires_at'), 'ttlConfig.state');
      return unlessFaults(state === 'ACTIVE' ? [] : [`the policy on expires_at is ${state ?? 'absent'}`], 'the policy on expires_at is ACTIVE');
    },
  },
  {
    name: 'claims-unindexed',
    asks: 'whether no field of a claim is indexed: an indexed time caps the collection at 500 writes a second',
    no_emulator: NO_ADMIN,
    next: 'docs/runbooks/claims-slow.md; `pulumi up` takes the indexes away.',
    async run(asked) {
      const faults: string[] = [];
      for (const name of ['*', 'expires_at']) {
        const found = await field(asked, name);
        if (listAt(found, 'indexConfig.indexes').length > 0) faults.push(`${name} is indexed`);
        if (isTrueAt(found, 'indexConfig.usesAncestorConfig')) faults.push(`${name} has no setting of its own`);
      }
      return unlessFaults(faults, 'no index on *, nor on expires_at');
    },
  },
  {
    name: 'claims-access',
    asks: 'whether the two functions that claim, and no other account or group, can read or write claims',
    no_emulator: 'no emulator knows IAM',
    next: 'Take the role away. A person\'s own right is named, and let pass: whoever deployed the stack may have it.',
    async run({ google, place: { project } }) {
      const policy = await google.read('projects', `projects/${project}:getIamPolicy`, { options: { requestedPolicyVersion: 3 } });
      const claiming = ['processPayment', 'processRedrive'].map((name) => `serviceAccount:${accountEmail(serviceName(name as 'processPayment'), project)}`);
      const able = listAt(policy, 'bindings')
        .filter((binding) => /^roles\/datastore\./.test(textAt(binding, 'role') ?? '') || textAt(binding, 'role') === ownRoleName('claim', project))
        .flatMap((binding) => textsAt(binding, 'members'));
      const people = able.filter((member) => member.startsWith('user:'));
      const others = able.filter((member) => !claiming.includes(member) && !member.startsWith('user:'));
      const absent = claiming.filter((member) => !able.includes(member));
      return unlessFaults([...others.map((member) => `${member} can`), ...absent.map((member) => `${member} can't`)], people.length > 0 ? `the two functions, and ${people.join(', ')}` : 'the two functions');
    },
  },
];

function field({ google, place: { project, claims_database } }: Asked, name: string): Promise<unknown> {
  return google.read('firestore', `projects/${project}/databases/${claims_database}/collectionGroups/${CLAIMS_COLLECTION}/fields/${encodeURIComponent(name)}`);
}
