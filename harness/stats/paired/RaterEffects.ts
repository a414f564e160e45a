/**
 * Fixed effects of raters who did not all rate the same texts: value = text + rater, by least squares, raters
 * summing to zero. Where all rated all, a text's value is the plain mean; where a judge left out its own family, its
 * severity does not fall on the sources it did rate.
 */

/** Texts as all raters would have rated them on average, and how far each rater lies off. */
export interface RaterEffects {
  /** One value a text; NaN where nobody rated it. */
  readonly values: Float64Array
  /** In points, in the order of the raters; NaN for one who rated nothing. */
  readonly effects: readonly number[]
}

/**
 * Fits by turns, each the least-squares solution given the other (Gauss–Seidel on the normal equations, which
 * converges since they are positive semi-definite). `ratings` holds a value a text for each rater, NaN where there is
 * none. Raters that share no text, directly or over others, cannot be compared; each such group sums to zero by itself.
 */
export const raterEffects = (ratings: readonly Float64Array[]): RaterEffects => {
  const texts = ratings[0]?.length ?? 0
  const values = new Float64Array(texts)
  const effects = ratings.map((row) => (row.some((value) => !Number.isNaN(value)) ? 0 : Number.NaN))
  for (let turn = 0; turn < 1000; turn++) {
    for (let text = 0; text < texts; text++) {
      let sum = 0
      let n = 0
      ratings.forEach((row, rater) => {
        if (Number.isNaN(row[text]!)) return
        sum += row[text]! - effects[rater]!
        n++
      })
      values[text] = n === 0 ? Number.NaN : sum / n
    }
    let moved = 0
    const next = ratings.map((row, rater) => {
      if (Number.isNaN(effects[rater]!)) return Number.NaN
      let sum = 0
      let n = 0
      for (let text = 0; text < texts; text++) {
        if (Number.isNaN(row[text]!)) continue
        sum += row[text]! - values[text]!
        n++
      }
      return sum / n
    })
    const known = next.filter((effect) => !Number.isNaN(effect))
    const mean = known.reduce((sum, effect) => sum + effect, 0) / known.length
    next.forEach((effect, rater) => {
      moved = Math.max(moved, Math.abs(effect - mean - effects[rater]!) || 0)
      effects[rater] = effect - mean
    })
    if (moved < 1e-12) break
  }
  return { values, effects }
}
