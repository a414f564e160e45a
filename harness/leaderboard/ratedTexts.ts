/** A run's texts by dimension, each with its scores: by automatic rater, and by person within each panel. */
import { Effect, Stream } from "effect"
import { countsOf, type ManifestRater, type RunManifest } from "../run/Manifest.ts"
import type { RatedText } from "../stats/agreement/AgainstPeople.ts"
import { mean } from "../stats/Moments.ts"
import type { TextRating } from "../store/ratingStream.ts"
import { TextRatings } from "../store/TextRatings.ts"
import type { Dimension } from "../study/Instrument.ts"
import { raterKey } from "./collect.ts"

/** One text on one dimension; repeated ratings by one rater stand in a list and are averaged once. */
export interface Text {
  readonly of: TextRating
  readonly automatic: ReadonlyMap<string, { readonly of: TextRating; readonly values: readonly number[] }>
  readonly people: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>
}

/** One dimension of one instrument with the texts that somebody rated on it. */
export interface RatedDimension {
  readonly instrument: string
  readonly dimension: Dimension
  readonly texts: readonly Text[]
}

/** People of whom no import says what they are. */
export const UNNAMED = "people"

const panelOrder = ["expert", "crowd", UNNAMED]
const rank = (panel: string) => (panelOrder.indexOf(panel) + panelOrder.length + 1) % (panelOrder.length + 1)

/** The panels that rated some of these texts: experts, crowd, others. */
export const panelsIn = (texts: readonly Text[]): readonly string[] =>
  [...new Set(texts.flatMap((text) => [...text.people.keys()]))].sort(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)
  )

/** A person's ratings of one text are one opinion, however often it was given. */
export const opinions = (text: Text, panel: string): readonly number[] =>
  [...(text.people.get(panel)?.values() ?? [])].map((values) => mean(values))

/** Who gave those opinions, in their order. */
export const peopleOf = (text: Text, panel: string): readonly string[] => [
  ...(text.people.get(panel)?.keys() ?? [])
]

/** What an automatic rater makes of a text; `undefined` where it has not rated it. */
export const scoreBy =
  (key: string) =>
  (text: Text): number | undefined => {
    const values = text.automatic.get(key)?.values
    return values === undefined ? undefined : mean(values)
  }

/** The texts that both a panel and somebody else rated. */
export const ratedByBoth = (
  texts: readonly Text[],
  panel: string,
  scoreOf: (text: Text) => number | undefined
): readonly RatedText[] =>
  texts.flatMap((text): RatedText[] => {
    const score = scoreOf(text)
    const people = opinions(text, panel)
    const { ordinal, source, words } = text.of
    return score === undefined || people.length === 0
      ? []
      : [{ post: String(ordinal), source, words, score, people, who: peopleOf(text, panel) }]
  })

/** A text while its ratings come in. */
interface Filling extends Text {
  readonly automatic: Map<string, { readonly of: TextRating; readonly values: number[] }>
  readonly people: Map<string, Map<string, number[]>>
}

const entry = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** Reads the run's ratings once. Automatic raters other than these are left out, and so is what data quality excludes. */
export const ratedTexts = Effect.fn("Agreement.ratedTexts")(function* (
  manifest: RunManifest,
  raters: readonly Pick<ManifestRater, "id" | "version">[]
) {
  const ratings = yield* TextRatings
  const mine = new Set(raters.map(raterKey))
  const counts = countsOf(manifest)
  const found = new Map<string, Map<string, Filling>>()
  yield* Stream.runForEach(ratings.ofRun(manifest.run), (row) =>
    Effect.sync(() => {
      const key = raterKey({ id: row.rater, version: row.raterVersion })
      if (row.raterKind !== "human" && (!mine.has(key) || !counts(row))) return
      const texts = entry(found, `${row.instrument}\u0000${row.dimension}`, () => new Map<string, Filling>())
      const slot = [row.ordinal, row.source, row.condition, row.epoch].join("\u0000")
      const text = entry(texts, slot, (): Filling => ({ of: row, automatic: new Map(), people: new Map() }))
      if (row.raterKind !== "human") {
        entry(text.automatic, key, () => ({ of: row, values: [] as number[] })).values.push(row.value)
      } else {
        const panel = entry(text.people, row.panel ?? UNNAMED, () => new Map<string, number[]>())
        entry(panel, row.rater, () => [] as number[]).push(row.value)
      }
    })
  )
  return manifest.instruments.flatMap(({ definition }) =>
    definition.dimensions.flatMap((dimension): RatedDimension[] => {
      const texts = found.get(`${definition.name}\u0000${dimension.name}`)
      return texts === undefined
        ? []
        : [{ instrument: definition.name, dimension, texts: [...texts.values()] }]
    })
  )
})
