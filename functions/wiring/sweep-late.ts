import { sweepKind } from '../deployed/post-job.ts';
import { deployedFunction } from './deployed-function.ts';
import { postingFunction } from './posting-function.ts';

/** Posts what postings have left, looking back past the orphan grace; asked for the kind audit, over all that was ever journaled. */
export const sweepLate = deployedFunction('sweepLate', (configuration) => postingFunction('sweepLate', configuration, sweepKind));
