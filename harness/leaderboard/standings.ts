/** What agreement with people says of a table's automatic raters: each that falls short is named under the table. */
import { Effect } from "effect"
import { automaticRaters, type RunManifest } from "../run/Manifest.ts"
import { coefficientsOf } from "../stats/agreement/AgainstPeople.ts"
import { judgeVerdict, standingText } from "../stats/agreement/JudgeVerdict.ts"
import { defaultAgreement } from "../study/Study.ts"
import { raterKey } from "./collect.ts"
import type { Table } from "./Leaderboard.ts"
import { panelsIn, ratedByBoth, ratedTexts, scoreBy, UNNAMED } from "./ratedTexts.ts"

/** Of one rater, on one dimension, by one panel. */
interface Shortfall {
  readonly rater: string
  readonly instrument: string
  readonly dimension: string
  readonly note: string
}

/** Every verdict of a run that is neither usable nor unknown, by the thresholds of its study. */
const shortfalls = Effect.fn("Leaderboard.standings")(function* (manifest: RunManifest) {
  const raters = automaticRaters(manifest)
  const thresholds = manifest.agreement ?? defaultAgreement
  const found: Shortfall[] = []
  for (const { instrument, dimension, texts } of yield* ratedTexts(manifest, raters)) {
    const { minimum, maximum } = dimension.scale
    for (const panel of panelsIn(texts)) {
      for (const rater of raters) {
        const both = ratedByBoth(texts, panel, scoreBy(raterKey(rater)))
        if (both.length === 0) continue
        const { standing, narrow, reason } = judgeVerdict(coefficientsOf(both), maximum - minimum, thresholds)
        if (standing === "usable" || standing === "unknown") continue
        const whom = panel === UNNAMED ? "people" : panel === "expert" ? "experts" : `the ${panel}`
        found.push({
          rater: rater.id,
          instrument,
          dimension: dimension.name,
          note: `against ${whom}, the ${rater.kind} ${rater.id} ${standing === "not-usable" ? "is " : ""}${standingText[standing]}${narrow ? ", narrowly," : ""} on ${dimension.name}: ${reason}`
        })
      }
    }
  }
  return found
})

/** Finds the notes of a table. Nothing is read where no person rated. */
export const standingNotes = Effect.fn("Leaderboard.standingNotes")(function* (
  manifest: RunManifest,
  tables: readonly Table[]
) {
  const found = tables.some(({ raterKind }) => raterKind === "human") ? yield* shortfalls(manifest) : []
  return ({ instrument, measure, raterKind, raters }: Table): readonly string[] =>
    raterKind === "human"
      ? []
      : found
          .filter(
            (entry) =>
              entry.instrument === instrument &&
              (measure === "aggregate" || entry.dimension === measure) &&
              raters.includes(entry.rater)
          )
          .map(({ note }) => note)
})
