import type { Plant } from '../plan.ts';
import { AFTERMATH_PLANTS } from './aftermath.ts';
import { BROKEN_LINE_PLANTS } from './broken-lines.ts';
import { CARD_DATA_PLANTS } from './card-data.ts';
import { CONFLICT_PLANTS } from './conflicts.ts';
import { COPY_PLANTS } from './copies.ts';
import { DEAD_LETTER_PLANTS } from './dead-letters.ts';
import { EXTREME_PLANTS } from './extreme.ts';
import { LATE_PLANTS } from './late.ts';
import { MALFORMED_PLANTS } from './malformed.ts';
import { ODD_PLANTS } from './odd.ts';
import { OUTSIDE_PLANTS } from './outside.ts';

/** Everything that can be planted. */
export const PLANTS: readonly Plant[] = [
  ...COPY_PLANTS,
  ...LATE_PLANTS,
  ...CONFLICT_PLANTS,
  ...AFTERMATH_PLANTS,
  ...MALFORMED_PLANTS,
  ...BROKEN_LINE_PLANTS,
  ...DEAD_LETTER_PLANTS,
  ...CARD_DATA_PLANTS,
  ...ODD_PLANTS,
  ...EXTREME_PLANTS,
  ...OUTSIDE_PLANTS,
];
