/**
 * Adjustment of p values for several tests: the family is the list given.
 *
 * Holm (1979), Scandinavian Journal of Statistics 6, 65–70, and Bonferroni control the chance of any false
 * claim; Benjamini & Hochberg (1995), JRSS B 57, 289–300, and Benjamini & Yekutieli (2001), Annals of
 * Statistics 29, 1165–1188, the expected share of false claims. Tukey's adjustment is of contrasts, not of
 * p values, and lives with the mixed model.
 */
import padjust from "@stdlib/stats-padjust"

/** The adjustments of a list of p values. */
export type Adjustment = "none" | "bonferroni" | "holm" | "bh" | "by"

/**
 * The adjusted p values, in the order given.
 *
 * Throws a RangeError for a value outside [0, 1]: a p value that does not exist has to be left out by the
 * caller, who knows whether the test still belongs to the family.
 */
export const adjust = (p: ReadonlyArray<number>, method: Adjustment): ReadonlyArray<number> => {
  for (const value of p) {
    if (!(value >= 0 && value <= 1)) throw new RangeError(`${value} is not a p value`)
  }
  // The library's guard rejects an empty list.
  return method === "none" || p.length === 0 ? [...p] : padjust([...p], method)
}
