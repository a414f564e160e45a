/** The mean over posts in which every domain weighs the same. */
import * as Strata from "../stats/paired/Strata.ts"

/** `null` with fewer than two posts. */
export const weighted = (
  entries: readonly { readonly domain: string; readonly value: number }[]
): Strata.StratifiedMean | null => {
  const domains = [...new Set(entries.map(({ domain }) => domain))]
  const result = Strata.mean(
    Float64Array.from(entries, ({ value }) => value),
    Int32Array.from(entries, ({ domain }) => domains.indexOf(domain)),
    domains.length,
    1e-12 * entries.reduce((most, { value }) => Math.max(most, Math.abs(value)), 1)
  )
  return result.ok ? result.value : null
}
