import { deployedFunction } from './deployed-function.ts';
import { postingFunction } from './posting-function.ts';

/** Posts every few minutes or hours, looking back over hours. */
export const postLedger = deployedFunction('postLedger', (configuration) => postingFunction('postLedger', configuration, () => 'post'));
