/**
 * ICC(2,1) and ICC(2,k) of ratings that are not a complete table of texts × raters, which human ratings hardly
 * ever are: the variances of texts, raters and the rest by REML (crossed random intercepts), from which
 * ICC(A,1) = text / (text + rater + rest) and ICC(A,k) = text / (text + (rater + rest)/k). On a complete table with
 * positive variances these are the coefficients of the mean squares (McGraw & Wong 1996).
 */
import { type Estimable, estimable, notEstimable } from "../../stats/Estimable.ts"
import * as Factor from "../../stats/mixed/Factor.ts"
import * as MixedModel from "../../stats/mixed/MixedModel.ts"

/** The two coefficients; `k` is the harmonic mean of the ratings a text. */
export interface VarianceIcc {
  readonly single: number
  readonly average: number
  readonly k: number
}

/** Beyond this many levels of the smaller factor a fit takes minutes. */
const MOST_LEVELS = 600

/** From one entry a rating. Not estimable when texts or raters cannot be told from the rest. */
export const varianceIcc = (
  value: Float64Array,
  text: readonly string[],
  rater: readonly string[]
): Estimable<VarianceIcc> => {
  const texts = Factor.make("text", text)
  const raters = Factor.make("rater", rater)
  const rows = value.length
  if (raters.levels.length < 2) return notEstimable("there is one rater")
  if (texts.levels.length < 2) return notEstimable("there is one text")
  if (texts.levels.length >= rows) return notEstimable("one rater a text")
  if (raters.levels.length >= rows) return notEstimable("one text a rater")
  if (Factor.parents(texts, raters) !== undefined) return notEstimable("one rater a text")
  if (Factor.parents(raters, texts) !== undefined) {
    return notEstimable("each rater rated one text, so raters and error cannot be told apart")
  }
  if (Math.min(texts.levels.length, raters.levels.length) > MOST_LEVELS) {
    return notEstimable(`more than ${MOST_LEVELS} texts and raters are too many for variance components`)
  }
  const fit = MixedModel.fit({
    response: value,
    x: new Float64Array(rows).fill(1),
    factors: [texts, raters],
    method: "reml"
  })
  if (!fit.ok) return fit
  if (!fit.value.converged) return notEstimable("the variances did not converge")
  const [between, leaning] = fit.value.variance as unknown as readonly [number, number]
  const rest = fit.value.sigma ** 2
  const sizes = new Int32Array(texts.levels.length)
  for (const code of texts.codes) sizes[code]! += 1
  const k = sizes.length / sizes.reduce((sum, n) => sum + 1 / n, 0)
  return estimable({
    single: between / (between + leaning + rest),
    average: between / (between + (leaning + rest) / k),
    k
  })
}
