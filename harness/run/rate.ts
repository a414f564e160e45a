/** Has every rater of the plan rate every text it has not rated yet. */
import { Clock, Effect, Stream } from "effect"
import type { Verdict } from "../model/Model.ts"
import { type RatingRow, Ratings } from "../store/Ratings.ts"
import { Responses } from "../store/Responses.ts"
import type { Instrument } from "../study/Instrument.ts"
import { makeCollector } from "./garbage.ts"
import type { PlannedRater } from "./openRater.ts"
import type { Plan } from "./Plan.ts"
import { Progress } from "./Progress.ts"

/** What a verdict says of one dimension, or why it says nothing: off the scale and absent are reasons. */
const rowOf = (
  verdict: Verdict,
  dimension: Instrument["dimensions"][number]
): { readonly value: number | null; readonly unscored: string | null } => {
  const said = verdict[dimension.name]
  if (said === undefined) return { value: null, unscored: "the rater said nothing of this dimension" }
  if (typeof said !== "number") return { value: null, unscored: said.unscored }
  const { minimum, maximum } = dimension.scale
  // A formula may stand between two steps of a scale made for people; it may not leave the scale.
  return said >= minimum && said <= maximum
    ? { value: said, unscored: null }
    : { value: null, unscored: `${said} is off the scale ${minimum} to ${maximum}` }
}

/** Runs the stage. A rater that fails on a text leaves a failure row, and the next run tries again. */
export const rate = Effect.fn("Run.rate")(function* (plan: Pick<Plan, "runId" | "raters" | "instruments">) {
  const ratings = yield* Ratings
  const responses = yield* Responses
  const progress = yield* Progress
  const tidy = makeCollector()
  const now = Effect.map(Clock.currentTimeMillis, (millis) => new Date(millis).toISOString())

  const pairs: { readonly rater: PlannedRater; readonly instrument: Instrument }[] = []
  for (const rater of plan.raters) {
    for (const instrument of plan.instruments) {
      if (rater.rater.instruments.includes(instrument.name)) pairs.push({ rater, instrument })
    }
  }
  const places = yield* Effect.forEach(pairs, ({ rater, instrument }) =>
    Effect.gen(function* () {
      const place = yield* ratings.place(
        { name: rater.id, kind: rater.kind, version: rater.version },
        instrument
      )
      return { rater, instrument, place, ...(yield* ratings.progress(plan.runId, place)) }
    })
  )
  const state = progress.begin(
    "rate",
    places.reduce((sum, { texts }) => sum + texts, 0)
  )
  state.resumed = places.reduce((sum, { rated }) => sum + rated, 0)

  for (const { rater, instrument, place } of places) {
    yield* Stream.runForEach(ratings.unrated(plan.runId, place), (page) =>
      Effect.gen(function* () {
        const at = yield* now
        const rows: RatingRow[] = []
        for (const item of page) {
          tidy()
          const seen = {
            post: { title: item.title, body: item.body, language: item.language },
            response: item.text
          }
          const verdict = yield* Effect.result(rater.rater.rate(instrument.name, seen))
          if (verdict._tag === "Failure") {
            state.failed++
            yield* responses.fail(plan.runId, {
              stage: "rate",
              ordinal: item.ordinal,
              source: item.source,
              condition: item.condition,
              epoch: item.epoch,
              part: `${rater.id}/${instrument.name}`,
              kind: verdict.failure._tag,
              message: verdict.failure.message,
              at
            })
            continue
          }
          for (const dimension of instrument.dimensions) {
            rows.push({
              callId: item.callId,
              dimensionId: place.dimensionIds.get(dimension.name)!,
              ...rowOf(verdict.success, dimension)
            })
          }
        }
        yield* ratings.keep(place, rows, at)
        state.done += rows.length / instrument.dimensions.length
      })
    )
  }
  progress.end(state)
  return state
})
