import { share } from '../../figures.ts';
import type { Books, SqlRow } from '../../ports.ts';
import { decimalText } from './decimal.ts';
import { addUp, differenceOf, isNothing, NOTHING, type Sum, sumOf } from './proof-sums.ts';
import type { Amounts } from './amounts.ts';
import { countOf, textOf, timeOf, timeOrNull } from './rows.ts';
import { DISPOSITION_MEANING, DISPOSITIONS, type Disposition } from './words.ts';

/** What the last reconciliation found: published − posted − duplicate − conflict − rejected − pending = missing. */
export interface ProofPart {
  readonly reconciliation: number;
  readonly reconciled_at: string;
  /** Messages published from here on were compared, and breaks found before carried over; null: all messages. */
  readonly published_from: string | null;
  /** The last posting run that it compares with; 0 where none had run. */
  readonly posting_run: number;
  readonly messages_published: number;
  readonly dispositions: readonly DispositionCount[];
  readonly currencies: readonly ProofLine[];
  /** Messages in whose bytes no amount in a currency can be read: in no line of `currencies`. Their money is unknown, not zero. */
  readonly money_unreadable: readonly { readonly disposition: Disposition; readonly messages: number }[];
  /** What counting every copy would have booked beyond the truth. */
  readonly duplicates_kept_out: readonly ({ readonly currency: string } & Amounts)[];
}

export interface DispositionCount {
  readonly disposition: Disposition;
  readonly messages: number;
  /** Per cent of the published messages, cut to two digits; null where nothing is published. */
  readonly share: string | null;
  readonly meaning: string;
}

/** The equation in one currency. `difference` is what it leaves unexplained: it must be zero, in each kind. */
export interface ProofLine extends Readonly<Record<Disposition | 'published' | 'difference', Amounts>> {
  readonly currency: string;
  readonly ties_out: boolean;
  readonly kinds_that_differ: readonly ({ readonly kind: string } & Amounts)[];
}

/** The form of a currency's code. Prevents garbage in rejected messages from being shown as currencies with money. */
const CURRENCY = /^[A-Z]{3}$/;

/** Reads the proof of the reconciliation whose row this is. */
export async function readProof(books: Books, run: SqlRow): Promise<ProofPart> {
  const reconciliation = countOf(run, 'reconciliation');
  const all = await books.query('jobs/report/reconciliation-totals.sql', { reconciliation });
  const rows = all.filter((row) => CURRENCY.test(textOf(row, 'currency')));
  const byCurrency = Map.groupBy(rows, (row) => textOf(row, 'currency'));
  const messages_published = countOf(run, 'messages_published');
  return {
    reconciliation,
    reconciled_at: timeOf(run, 'reconciled_at'),
    published_from: timeOrNull(run, 'published_from'),
    posting_run: countOf(run, 'posting_run'),
    messages_published,
    dispositions: DISPOSITIONS.map((disposition) => {
      const messages = countOf(run, `messages_${disposition}`);
      return { disposition, messages, share: share(messages, messages_published), meaning: DISPOSITION_MEANING[disposition] };
    }),
    currencies: [...byCurrency].map(([currency, ofCurrency]) => proofLine(currency, ofCurrency)),
    money_unreadable: DISPOSITIONS.map((disposition) => ({
      disposition,
      messages: countOf(run, `messages_${disposition}`) - sumOf(rows, disposition).messages,
    })).filter(({ messages }) => messages !== 0),
    duplicates_kept_out: [...byCurrency]
      .map(([currency, ofCurrency]) => ({ currency, sum: sumOf(ofCurrency, 'duplicate') }))
      .filter(({ sum }) => sum.messages > 0)
      .map(({ currency, sum }) => ({ currency, ...amounts(sum, currency) })),
  };
}

function proofLine(currency: string, rows: readonly SqlRow[]): ProofLine {
  const kinds = [...Map.groupBy(rows, (row) => textOf(row, 'kind'))].map(([kind, ofKind]) => ({ kind, difference: differenceOf(ofKind) }));
  const difference = kinds.reduce((total, kind) => addUp(total, kind.difference), NOTHING);
  const differing = kinds.filter((kind) => !isNothing(kind.difference));
  const of = (disposition: Disposition | 'published') => amounts(sumOf(rows, disposition), currency);
  return {
    currency,
    ties_out: differing.length === 0 && isNothing(sumOf(rows, 'missing')),
    published: of('published'),
    posted: of('posted'),
    duplicate: of('duplicate'),
    conflict: of('conflict'),
    rejected: of('rejected'),
    pending: of('pending'),
    missing: of('missing'),
    difference: amounts(difference, currency),
    kinds_that_differ: differing.map((kind) => ({ kind: kind.kind, ...amounts(kind.difference, currency) })),
  };
}

function amounts(sum: Sum, currency: string): Amounts {
  return { messages: sum.messages, gross: decimalText(sum.gross, currency), net: decimalText(sum.net, currency) };
}
