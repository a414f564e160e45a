/** Agreement within a run: each automatic rater against each panel of people, and people among themselves. */
import { Effect, Stream } from "effect"
import type { RunManifest } from "../run/Manifest.ts"
import { type AgainstPeople, againstPeople, type RatedText } from "../stats/agreement/AgainstPeople.ts"
import { type AmongPeople, amongPeople } from "../stats/agreement/AmongPeople.ts"
import { type JudgeVerdict, judgeVerdict, type VerdictThresholds } from "../stats/agreement/JudgeVerdict.ts"
import type { Estimable } from "../stats/Estimable.ts"
import { mean } from "../stats/Moments.ts"
import { type TextRating, TextRatings } from "../store/TextRatings.ts"
import type { Dimension } from "../study/Instrument.ts"
import type { RaterKind } from "../study/Rater.ts"
import { raterKey } from "./collect.ts"

/** One automatic rater (or the crowd's mean) against one panel. */
export interface Against {
  readonly rater: string
  readonly version: string
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

/** A text of the run on one dimension: scores by rater, repeated ones in a list and averaged once. */
interface Text {
  readonly of: TextRating
  readonly automatic: Map<string, { readonly of: TextRating; readonly values: number[] }>
  readonly people: Map<string, Map<string, number[]>>
}

/** People of whom no import says what they are. */
export const UNNAMED = "people"

const panelOrder = ["expert", "crowd", UNNAMED]

const entry = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** A person's ratings of one text are one opinion, however often it was given. */
const opinions = (people: ReadonlyMap<string, readonly number[]> | undefined): readonly number[] =>
  [...(people ?? new Map<string, readonly number[]>()).values()].map((values) => mean(values))

const compare = (
  instrument: string,
  dimension: Dimension,
  texts: readonly Text[],
  thresholds: VerdictThresholds
): DimensionAgreement => {
  const { minimum, maximum } = dimension.scale
  const rank = (panel: string) =>
    (panelOrder.indexOf(panel) + panelOrder.length + 1) % (panelOrder.length + 1)
  const panels = [...new Set(texts.flatMap((text) => [...text.people.keys()]))].sort(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)
  )
  const raters = new Map<string, TextRating>()
  for (const text of texts) for (const [key, { of }] of text.automatic) raters.set(key, of)
  const against = (
    who: Pick<Against, "rater" | "version" | "kind">,
    panel: string,
    scoreOf: (text: Text) => number | undefined
  ): Against => {
    const both = texts.flatMap((text): RatedText[] => {
      const score = scoreOf(text)
      const people = opinions(text.people.get(panel))
      const { ordinal, source, words } = text.of
      return score === undefined || people.length === 0
        ? []
        : [{ post: String(ordinal), source, words, score, people }]
    })
    const result = againstPeople(both)
    const verdict: JudgeVerdict = result.ok
      ? judgeVerdict(result.value.overall, maximum - minimum, thresholds)
      : { standing: "unknown", reason: result.reason, narrow: false }
    return { ...who, panel, result, verdict, texts: both }
  }
  const automatic = [...raters].sort(([a], [b]) => (a < b ? -1 : 1))
  const rows = automatic.flatMap(([key, of]) =>
    panels.map((panel) =>
      against({ rater: of.rater, version: of.raterVersion, kind: of.raterKind }, panel, (text) => {
        const values = text.automatic.get(key)?.values
        return values === undefined ? undefined : mean(values)
      })
    )
  )
  const crowd =
    panels.includes("expert") && panels.includes("crowd")
      ? [
          against({ rater: "the crowd's mean", version: "", kind: "human" }, "expert", (text) => {
            const list = opinions(text.people.get("crowd"))
            return list.length === 0 ? undefined : mean(list)
          })
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
          const people = opinions(text.people.get(panel))
          return people.length === 0 ? [] : [{ post: String(text.of.ordinal), people }]
        })
      )
    })),
    raters: [...rows, ...crowd]
  }
}

/** Reads the run's ratings once and compares, dimension by dimension. Raters that are not the run's are left out. */
export const agreementReport = Effect.fn("Agreement.report")(function* (
  manifest: RunManifest,
  thresholds: VerdictThresholds
) {
  const ratings = yield* TextRatings
  const mine = new Set([...manifest.raters, ...(manifest.judges ?? [])].map(raterKey))
  const found = new Map<string, Map<string, Text>>()
  yield* Stream.runForEach(ratings.ofRun(manifest.run), (row) =>
    Effect.sync(() => {
      const key = raterKey({ id: row.rater, version: row.raterVersion })
      if (row.raterKind !== "human" && !mine.has(key)) return
      const texts = entry(found, `${row.instrument}\u0000${row.dimension}`, () => new Map<string, Text>())
      const slot = [row.ordinal, row.source, row.condition, row.epoch].join("\u0000")
      const text = entry(texts, slot, (): Text => ({ of: row, automatic: new Map(), people: new Map() }))
      if (row.raterKind !== "human") {
        entry(text.automatic, key, () => ({ of: row, values: [] as number[] })).values.push(row.value)
      } else {
        const panel = entry(text.people, row.panel ?? UNNAMED, () => new Map<string, number[]>())
        entry(panel, row.rater, () => [] as number[]).push(row.value)
      }
    })
  )
  return manifest.instruments.flatMap(({ definition }) =>
    definition.dimensions.flatMap((dimension) => {
      const texts = found.get(`${definition.name}\u0000${dimension.name}`)
      return texts === undefined ? [] : [compare(definition.name, dimension, [...texts.values()], thresholds)]
    })
  )
})
