/** A list that was cut to its bound, and how many more there are. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly more: number;
}
