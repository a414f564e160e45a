/** A number that may not exist. */

/** Either a value, or the plain-language reason why the data do not determine one. */
export type Estimable<A> =
  | { readonly ok: true; readonly value: A }
  | { readonly ok: false; readonly reason: string }

/** A value the data determine. */
export const estimable = <A>(value: A): Estimable<A> => ({ ok: true, value })

/** No value, and why: a whole sentence without a full stop, fit to print in a table cell's footnote. */
export const notEstimable = (reason: string): Estimable<never> => ({ ok: false, reason })
