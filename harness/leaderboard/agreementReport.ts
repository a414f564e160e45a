/** Agreement within a run: each automatic rater against each panel of people, and people among themselves. */
import { Effect, Stream } from "effect"
import { bringMarksUpToDate } from "../ratings/quality/applyQuality.ts"
import type { RunManifest } from "../run/Manifest.ts"
import { type AgainstPeople, againstPeople, type RatedText } from "../stats/agreement/AgainstPeople.ts"
import { type AmongPeople, amongPeople } from "../stats/agreement/AmongPeople.ts"
import { type JudgeVerdict, judgeVerdict, type VerdictThresholds } from "../stats/agreement/JudgeVerdict.ts"
import type { Estimable } from "../stats/Estimable.ts"
import { mean } from "../stats/Moments.ts"
import { Ratings } from "../store/Ratings.ts"
import type { TextRating } from "../store/ratingStream.ts"
import type { RaterKind } from "../study/Rater.ts"
import {
  opinions,
  panelsIn,
  peopleOf,
  type RatedDimension,
  ratedByBoth,
  ratedTexts,
  scoreBy,
  type Text
} from "./ratedTexts.ts"

/** One automatic rater (or the crowd's mean) against one panel. */
export interface Against {
  readonly rater: string
  readonly version: string
  /** Its name, with its version where it rated with several (another prompt, other parameters). */
  readonly label: string
  readonly kind: RaterKind
  readonly panel: string
  readonly result: Estimable<AgainstPeople>
  readonly verdict: JudgeVerdict
  /** The texts that both rated, for calibration. */
  readonly texts: readonly RatedText[]
}

/** One dimension of one instrument. */
export interface DimensionAgreement {
  readonly instrument: string
  readonly dimension: string
  readonly scale: { readonly minimum: number; readonly maximum: number }
  readonly panels: readonly {
    readonly panel: string
    readonly people: number
    readonly among: AmongPeople
  }[]
  readonly raters: readonly Against[]
}

const compare = (
  { instrument, dimension, texts }: RatedDimension,
  thresholds: VerdictThresholds
): DimensionAgreement => {
  const { minimum, maximum } = dimension.scale
  const panels = panelsIn(texts)
  const raters = new Map<string, TextRating>()
  for (const text of texts) for (const [key, { of }] of text.automatic) raters.set(key, of)
  const against = (
    who: Pick<Against, "rater" | "version" | "label" | "kind">,
    panel: string,
    scoreOf: (text: Text) => number | undefined
  ): Against => {
    const both = ratedByBoth(texts, panel, scoreOf)
    const result = againstPeople(both)
    const verdict: JudgeVerdict = result.ok
      ? judgeVerdict(result.value.overall, maximum - minimum, thresholds)
      : { standing: "unknown", reason: result.reason, narrow: false }
    return { ...who, panel, result, verdict, texts: both }
  }
  const automatic = [...raters].sort(([a], [b]) => (a < b ? -1 : 1))
  const versions = Map.groupBy(automatic, ([, { rater }]) => rater)
  const labelOf = ({ rater, raterVersion }: TextRating) =>
    versions.get(rater)!.length > 1 ? `${rater} @${raterVersion.slice(0, 8)}` : rater
  const rows = automatic.flatMap(([key, of]) =>
    panels.map((panel) =>
      against(
        { rater: of.rater, version: of.raterVersion, label: labelOf(of), kind: of.raterKind },
        panel,
        scoreBy(key)
      )
    )
  )
  const crowd =
    panels.includes("expert") && panels.includes("crowd")
      ? [
          against(
            { rater: "the crowd's mean", version: "", label: "the crowd's mean", kind: "human" },
            "expert",
            (text) => {
              const list = opinions(text, "crowd")
              return list.length === 0 ? undefined : mean(list)
            }
          )
        ]
      : []
  return {
    instrument,
    dimension: dimension.name,
    scale: { minimum, maximum },
    panels: panels.map((panel) => ({
      panel,
      people: new Set(texts.flatMap((text) => [...(text.people.get(panel)?.keys() ?? [])])).size,
      among: amongPeople(
        texts.flatMap((text) => {
          const people = opinions(text, panel)
          return people.length === 0
            ? []
            : [{ post: String(text.of.ordinal), people, who: peopleOf(text, panel) }]
        })
      )
    })),
    raters: [...rows, ...crowd]
  }
}

/** What the rules of data quality leave out of a run's agreement. */
export interface LeftOut {
  readonly ratings: number
  readonly people: number
}

/** Counts what is left out by the rules in force. */
export const leftOut = Effect.fn("Agreement.leftOut")(function* (manifest: RunManifest) {
  yield* bringMarksUpToDate(manifest)
  const people = new Set<string>()
  let ratings = 0
  yield* Stream.runForEach((yield* Ratings).excluded(manifest.run), ({ rater }) =>
    Effect.sync(() => {
      ratings++
      people.add(rater)
    })
  )
  return { ratings, people: people.size } satisfies LeftOut
})

/**
 * Compares, dimension by dimension. Raters that are not the run's are left out, and so are ratings that the rules of
 * data quality exclude.
 */
export const agreementReport = Effect.fn("Agreement.report")(function* (
  manifest: RunManifest,
  thresholds: VerdictThresholds
) {
  yield* bringMarksUpToDate(manifest)
  const dimensions = yield* ratedTexts(manifest, [...manifest.raters, ...(manifest.judges ?? [])])
  return dimensions.map((dimension) => compare(dimension, thresholds))
})
