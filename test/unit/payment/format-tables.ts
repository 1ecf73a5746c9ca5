import { FAULT_CODES } from '../../../functions/payment/fault-codes.ts';
import { SIGN_OF_KIND } from '../../../functions/payment/kind.ts';
import { PAYMENT_SCHEMA } from '../../../functions/payment/schema.ts';

/** The tables of docs/payment-format.md, printed from the code: the page must hold them as they are. */
export function fieldTable(): string {
  const required = new Set<string>(PAYMENT_SCHEMA.required);
  const rows = Object.entries(PAYMENT_SCHEMA.properties as unknown as Record<string, FieldRules>).map(([name, rules]) =>
    `| \`${name}\` | ${required.has(name) ? 'yes' : name.startsWith('amount') ? 'one way' : ''} | ${boundsOf(rules)} | ${rules.description} |`);
  return ['| field | required | form | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

export function faultTable(): string {
  const rows = Object.entries(FAULT_CODES).map(([code, { means, fix }]) => `| \`${code}\` | ${means} | ${fix} |`);
  return ['| code | what it means | what to send instead |', '|---|---|---|', ...rows].join('\n');
}

export function kindTable(): string {
  const rows = Object.entries(SIGN_OF_KIND).map(([kind, sign]) => `| \`${kind}\` | ${sign > 0n ? '+' : '−'} |`);
  return ['| kind | sign in the books |', '|---|---|', ...rows].join('\n');
}

interface FieldRules {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly description: string;
  readonly examples: readonly unknown[];
}

function boundsOf(rules: FieldRules): string {
  const type = [rules.type ?? []].flat().find((name) => name !== 'null');
  const example = `e.g. \`${JSON.stringify(rules.examples[0])}\``;
  if (rules.maxLength !== undefined) return `text, ${rules.minLength ?? 0}–${rules.maxLength} characters, ${example}`;
  return `${type === 'string' ? 'text' : type ?? 'one of a list'}, ${example}`;
}
