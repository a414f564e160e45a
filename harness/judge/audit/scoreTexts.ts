/** Scores of texts outside any run by a judge or a proxy, per measure of an instrument. */
import { Effect } from "effect"
import type { Rateable } from "../../model/Model.ts"
import type { Caller } from "../../run/Caller.ts"
import type { PlannedRater } from "../../run/openRater.ts"
import type { StageState } from "../../run/Progress.ts"
import { type Instrument, oriented } from "../../study/Instrument.ts"
import type { Judge } from "../Judge.ts"
import { judgeTexts } from "../judgeTexts.ts"

/** Who is audited. */
export type Audited =
  | { readonly kind: "judge"; readonly judge: Judge; readonly caller: Caller; readonly state: StageState }
  | { readonly kind: "proxy"; readonly rater: PlannedRater }

/** What came back. */
export interface TextScores {
  /** By measure (`aggregate`, or a dimension): for each text its scores, one an epoch, oriented so that more is better. */
  readonly measures: ReadonlyMap<string, readonly (readonly number[])[]>
  /** Why texts have no score, with how often. */
  readonly missing: ReadonlyMap<string, number>
  /** Calls that failed or were held back: another start asks them again. */
  readonly failed: number
}

/** The names of an instrument's measures. */
export const measuresOf = (instrument: Instrument): readonly string[] =>
  instrument.aggregate === "mean" ? ["aggregate"] : instrument.dimensions.map(({ name }) => name)

/** Scores every text `epochs` times (a proxy says the same each time, and is asked once for each). */
export const scoreTexts = Effect.fn("Audit.scoreTexts")(function* (
  who: Audited,
  instrument: Instrument,
  items: readonly Rateable[],
  epochs: number,
  seed: number
) {
  const missing = new Map<string, number>()
  const sheets = new Map<string, Map<string, number>>()
  let failed = 0
  const miss = (reason: string) => missing.set(reason, (missing.get(reason) ?? 0) + 1)
  const put = (item: number, epoch: number, dimension: string, value: number) => {
    const key = `${item}/${epoch}`
    sheets.set(key, (sheets.get(key) ?? new Map<string, number>()).set(dimension, value))
  }
  if (who.kind === "judge") {
    const { judge, caller, state } = who
    for (const verdict of yield* judgeTexts({ judge, instrument, items, epochs, seed }, caller, state)) {
      if (verdict._tag === "Judged" && verdict.value !== null) {
        put(verdict.item, verdict.epoch, verdict.dimension, verdict.value)
      } else if (verdict._tag === "Judged") miss(verdict.unscored ?? "unscored")
      else {
        failed++
        miss(verdict._tag === "Failed" ? verdict.error.message : "the cost limit is reached")
      }
    }
  } else {
    for (const [item, text] of items.entries()) {
      const verdict = yield* who.rater.rater.rate(instrument.name, text)
      for (const { name } of instrument.dimensions) {
        const said = verdict[name]
        if (typeof said !== "number") miss(said?.unscored ?? "the rater said nothing of this dimension")
        else for (let epoch = 1; epoch <= epochs; epoch++) put(item, epoch, name, said)
      }
    }
  }
  const measures = new Map<string, number[][]>()
  for (const measure of measuresOf(instrument))
    measures.set(
      measure,
      items.map(() => [])
    )
  for (const [key, sheet] of sheets) {
    const item = Number.parseInt(key, 10)
    const values = instrument.dimensions.flatMap((dimension) => {
      const value = sheet.get(dimension.name)
      return value === undefined ? [] : [[dimension.name, oriented(dimension, value)] as const]
    })
    if (instrument.aggregate === "none") {
      for (const [name, value] of values) measures.get(name)![item]!.push(value)
    } else if (values.length === instrument.dimensions.length) {
      const sum = values.reduce((total, [, value]) => total + value, 0)
      measures.get("aggregate")![item]!.push(sum / values.length)
    }
  }
  return { measures, missing, failed } satisfies TextScores
})
