import { ACCESS_RULES } from './access.ts';
import { ALERT_RULES } from './alerts.ts';
import { COUNT_RULES } from './counts.ts';
import { DATA_RULES } from './data.ts';
import { FUNCTION_RULES } from './functions.ts';
import { MESSAGE_RULES } from './messages.ts';
import { ORDER_RULES } from './order.ts';
import type { StackRule } from './rule.ts';
import { WORD_RULES } from './words.ts';

/** What must hold of every stack: counts first, since a list of nothing passes the rest. */
export const STACK_RULES: readonly StackRule[] = [...COUNT_RULES, ...ACCESS_RULES, ...MESSAGE_RULES, ...FUNCTION_RULES, ...DATA_RULES, ...WORD_RULES, ...ALERT_RULES, ...ORDER_RULES];
