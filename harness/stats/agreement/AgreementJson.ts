/**
 * Agreement as plain JSON: a number, or `null`, under a plain name (`icc.ICC1`, `alpha.interval`,
 * `kappa.quadratic`); why a number is missing under the same name in `reasons`; and intervals, tests and sizes
 * in `details`, by the names of `Agreement`.
 */

import type { Estimable } from "../Estimable.ts"
import type { Agreement, Design, Pair } from "./Agreement.ts"
import { forms } from "./Icc.ts"

/** A JSON value. */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/** A tree of numbers by plain names. */
export type Numbers = { readonly [name: string]: number | null | Numbers }

/** The document. */
export interface AgreementDocument {
  readonly design: Design
  /** ICC1 … ICC3k and `oneWay`. */
  readonly icc: Numbers
  /** nominal, ordinal, interval, ratio. */
  readonly alpha: Numbers
  /** Cohen's unweighted, linear, quadratic, linearRanks, quadraticRanks; fleiss; light. */
  readonly kappa: Numbers
  readonly cronbach: number | null
  readonly kendallW: number | null
  /** Of exactly two raters: pearson, spearman, kendall, concordance. */
  readonly correlation: Numbers
  readonly pairs: ReadonlyArray<Json>
  readonly details: { readonly [name: string]: Json }
  /** By plain name, such as `icc.ICC1`: why there is no number. */
  readonly reasons: { readonly [name: string]: string }
}

const isEstimable = (value: object): value is Estimable<unknown> =>
  "ok" in value && (("value" in value && value.ok === true) || "reason" in value)

/** Estimable values replaced by the value, or by `{ reason }`. */
const unwrap = (value: unknown): Json => {
  if (typeof value !== "object" || value === null) return value as Json
  if (Array.isArray(value)) return value.map(unwrap)
  if (isEstimable(value)) return value.ok ? unwrap(value.value) : { reason: value.reason }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]))
}

const correlations = ["pearson", "spearman", "kendall", "concordance"] as const

/** The document of an agreement; every number in it is finite. */
export const document = (agreement: Agreement): AgreementDocument => {
  const reasons: Record<string, string> = {}
  const number = <A>(name: string, value: Estimable<A>, pick: (value: A) => number): number | null => {
    if (value.ok) return pick(value.value)
    reasons[name] = value.reason
    return null
  }
  const numbers = <A>(
    path: string,
    values: Readonly<Record<string, Estimable<A>>>,
    pick: (value: A) => number
  ): Numbers =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, number(`${path}.${name}`, value, pick)])
    )
  const estimate = (value: { readonly estimate: number }) => value.estimate
  const { design, pairs, ...rest } = agreement
  const onlyPair = pairs.ok && pairs.value.length === 1 ? pairs.value[0] : undefined
  if (!pairs.ok) reasons.pairs = pairs.reason
  const list: ReadonlyArray<Pair> = pairs.ok ? pairs.value : []
  const correlation: Record<string, number | null> = {}
  for (const name of correlations) {
    const value: Estimable<{ readonly estimate: number }> = onlyPair?.[name] ?? {
      ok: false,
      reason: pairs.ok ? "correlations are of two raters; see the pairs" : pairs.reason
    }
    correlation[name] = number(`correlation.${name}`, value, estimate)
  }
  return {
    design,
    icc: {
      ...numbers("icc", agreement.icc, estimate),
      oneWay: number("icc.oneWay", agreement.iccOneWay, estimate)
    },
    alpha: numbers("alpha", agreement.alpha, estimate),
    kappa: {
      ...numbers("kappa", agreement.kappa, estimate),
      fleiss: number("kappa.fleiss", agreement.fleissKappa, estimate),
      light: numbers("kappa.light", agreement.lightKappa, (value) => value)
    },
    cronbach: number("cronbach", agreement.cronbach, estimate),
    kendallW: number("kendallW", agreement.kendallW, (value) => value.W),
    correlation,
    pairs: list.map(unwrap),
    details: { ...(unwrap(rest) as { readonly [name: string]: Json }), iccForms: unwrap(forms) },
    reasons
  }
}
