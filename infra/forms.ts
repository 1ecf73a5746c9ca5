import type { Form } from '../functions/deployed/forms.ts';

/** Yes or no. */
export const flag: Form<boolean> = { says: 'true or false', read: (given) => (given === 'true' ? true : given === 'false' ? false : null) };

/** A whole number too long for the functions' own form: rows of a ledger. */
export const rows: Form<number> = { says: 'a whole number of at most 12 digits', read: (given) => (/^\d{1,12}$/.test(given) ? Number(given) : null) };

/** Who may be granted something. The patterns leave no room for allUsers and allAuthenticatedUsers. */
export const MEMBER = /^(group|serviceAccount|user):[^\s@,:]{1,200}@[^\s@,:]{1,200}$/;
