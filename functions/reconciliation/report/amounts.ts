/** Money of some messages or postings in one currency: decimal strings in major units, with the currency's digits. */
export interface Amounts {
  readonly messages: number;
  /** Sum of amounts; a refund counts like a payment. */
  readonly gross: string;
  /** Sum of amounts signed by kind: a refund takes away. */
  readonly net: string;
}
