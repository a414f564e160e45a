/** `warmline power`: what a crossed study can tell before it is run. */
import { Effect, Option } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import { report } from "../../stats/design/Power.ts"
import type { PowerOptions } from "../commands/power.ts"
import { powerText } from "../display/powerText.ts"
import { namesOf } from "./namesOf.ts"

const wrong = (place: string, reason: string, mend: string) => new FileError({ place, reason, mend })

/** `1,5` or `1,5,0.5`: ends of a rating scale, and its step. */
const scaleOf = (text: string) => {
  const [minimum, maximum, step = 1, ...rest] = namesOf(text).map(Number)
  const fine =
    rest.length === 0 && [minimum, maximum, step].every((n) => n !== undefined && Number.isFinite(n))
  return fine
    ? Effect.succeed({ minimum: minimum!, maximum: maximum!, step })
    : Effect.fail(
        wrong(`--scale ${text}`, "not two or three numbers", "write the ends and the step, as 1,5,1")
      )
}

/** Computes and prints the report on a design. */
export const planPower = Effect.fn("Cli.power")(function* (given: PowerOptions) {
  const scale = Option.isSome(given.scale) ? yield* scaleOf(given.scale.value) : undefined
  if (scale !== undefined && Option.isNone(given.simulate))
    return yield* wrong("--scale", "only a simulation has ratings to round", "add --simulate 500")
  const result = report({
    components: {
      rater: given.varRater,
      post: given.varPost,
      postSource: given.varPostSource,
      raterSource: given.varRaterSource,
      text: given.varText,
      residual: given.varResidual
    },
    design: {
      posts: given.posts,
      raters: given.raters,
      sources: given.sources,
      ratingsPerRater: given.ratings,
      epochs: given.epochs
    },
    alpha: given.alpha,
    contrasts: given.contrasts,
    power: given.power,
    ...(Option.isSome(given.effect) ? { effect: given.effect.value } : {}),
    ...(Option.isSome(given.simulate)
      ? {
          simulation: {
            seed: given.seed,
            runs: given.simulate.value,
            ...(scale === undefined ? {} : { scale })
          }
        }
      : {})
  })
  if (!result.ok) return yield* wrong("power", result.reason, "see warmline power --help")
  yield* Effect.sync(() =>
    process.stdout.write(given.json ? `${JSON.stringify(result.value, null, 2)}\n` : powerText(result.value))
  )
})
