import { expect, test } from 'vitest';
import { decideClaim, type ExistingClaim } from '../../../functions/pipeline/decide-claim.ts';
import { claimRequest } from '../../contract/claims-model.ts';

const first = claimRequest('t', 'a');
const stored: ExistingClaim = { owner: first.owner, owner_data: first.owner_data_sha256, fingerprint: first.fingerprint, fingerprint_version: 'v1' };
const other = claimRequest('t', 'a', '11').fingerprint;

test.each<[string, Partial<ExistingClaim>, Parameters<typeof decideClaim>[1], string]>([
  ['this very message', {}, first, 'claimed'],
  ['this very message, by another version', { fingerprint: other, fingerprint_version: 'v2' }, first, 'claimed'],
  ['this very message, by an older version than any', { fingerprint: other, fingerprint_version: 'v0' }, first, 'claimed'],
  ['another message, equal', {}, claimRequest('t', 'b'), 'duplicate'],
  ['another message, other money', {}, claimRequest('t', 'b', '11'), 'conflict'],
  ['the owner, with other data, equal', {}, claimRequest('t', 'a', '10', 'b'), 'duplicate'],
  ['the owner, with other data and money', {}, claimRequest('t', 'a', '11', 'b'), 'conflict'],
  ['the owner and its data with other money under one version: one of the two was misread', { fingerprint: other }, first, 'conflict'],
  ['another message, equal bytes under a version that we do not know', { fingerprint_version: 'v2' }, claimRequest('t', 'b'), 'conflict'],
  ['another message, other bytes under a version that we do not know', { fingerprint: other, fingerprint_version: 'v2' }, claimRequest('t', 'b'), 'conflict'],
  ['the owner with other data, under a version that we do not know', { fingerprint: other, fingerprint_version: 'v2' }, claimRequest('t', 'a', '10', 'b'), 'conflict'],
])('%s', (_name, differs, request, result) => {
  expect(decideClaim({ ...stored, ...differs }, request)).toEqual({ result, owner: 'a' });
});
