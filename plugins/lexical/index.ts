/**
 * `lexical`: a proxy rater. A formula over a post and a response, for the instruments `perceived-empathy` and
 * `lend-an-ear`; README.md gives it exactly. It smoke-tests the pipeline and puts the embedded controls in
 * order; it does not measure empathy, and its scores are never ranked with people's.
 *
 * Its values lie between the steps that people are given, rounded to a hundredth: the harness takes any value
 * within a dimension's minimum and maximum from a proxy.
 */
import { definePlugin } from "../../harness/model/definePlugin.ts"
import type { Verdict } from "../../harness/model/Model.ts"
import { type Features, featuresOf } from "./features.ts"

/** A part from 0 to 1 on a scale from 1 to 5, to a hundredth. */
const onScale = (part: number) => Math.round((1 + 4 * part) * 100) / 100

/** Any number as a part between 0 and 1, so that no sum of features leaves the scale or piles up at its ends. */
const logistic = (sum: number) => 1 / (1 + Math.exp(-sum))

const formulas: { readonly [instrument: string]: (found: Features) => Verdict } = {
  "perceived-empathy": (found) => ({
    empathic: onScale(
      logistic(
        -1.6 +
          1.2 * found.emotion +
          1.2 * found.reflection +
          0.7 * found.question +
          1 * found.validation -
          1.2 * found.advice -
          1.8 * found.dismissal -
          0.6 * found.selfFocus
      )
    )
  }),
  "lend-an-ear": (found) => ({
    "validating-emotions": onScale(
      (0.5 * found.emotion + 0.5 * found.validation) * (1 - 0.5 * found.dismissal)
    ),
    "encouraging-elaboration": onScale(found.question),
    "demonstrating-understanding": onScale(0.7 * found.reflection + 0.3 * found.emotion),
    "advice-giving": onScale(found.advice),
    "self-oriented": onScale(found.selfFocus),
    "dismissing-emotions": onScale(found.dismissal)
  })
}

const dimensions: { readonly [instrument: string]: readonly string[] } = {
  "perceived-empathy": ["empathic"],
  "lend-an-ear": [
    "validating-emotions",
    "encouraging-elaboration",
    "demonstrating-understanding",
    "advice-giving",
    "self-oriented",
    "dismissing-emotions"
  ]
}

const unscored = (instrument: string, reason: string): Verdict =>
  Object.fromEntries(dimensions[instrument]!.map((dimension) => [dimension, { unscored: reason }]))

export default definePlugin({
  name: "lexical",
  version: "1",
  description: "Proxy rater: a documented formula over the words, a smoke test and not a measure of empathy",
  instruments: Object.keys(formulas),
  rate: (instrument, { post, response }) => {
    const formula = Object.hasOwn(formulas, instrument) ? formulas[instrument] : undefined
    if (!formula) throw new Error(`lexical has no formula for ${instrument}`)
    if (!/^en\b/i.test(post.language)) {
      return unscored(instrument, `the formula knows English, and the post's language is ${post.language}`)
    }
    return formula(featuresOf(post.title === "" ? post.body : `${post.title}\n\n${post.body}`, response))
  }
})
