/** From a run in the store to the report on its style. */
import { Effect, Stream } from "effect"
import { automaticRaters, type RunManifest } from "../run/Manifest.ts"
import { Ratings } from "../store/Ratings.ts"
import { Responses } from "../store/Responses.ts"
import { StoreError } from "../store/StoreError.ts"
import { deriveSeed } from "../study/CallKey.ts"
import { isRated } from "../study/Response.ts"
import { type Panel, panelsOf } from "../study/Study.ts"
import { type StyleRatings, styleReport } from "../style/report.ts"
import type { StyleRating, StyleText } from "../style/StyledText.ts"
import { listed } from "./formatNumber.ts"
import { makeMeasurer } from "./measures.ts"
import { peopleText } from "./verdict.ts"

/** A measure as a reader names it, by one kind of rater. */
const nameOf = (instrument: string, measure: string): string =>
  measure === "aggregate" ? instrument : `${instrument}/${measure}`

/**
 * The style of a run's rated texts under one condition; ratings on the instruments' measures, a set for each kind of
 * rater and each panel of people. `measures` are names such as `perceived-empathy` or `risk/escalation`.
 */
export const readStyle = Effect.fn("Leaderboard.readStyle")(function* (
  manifest: RunManifest,
  condition: string,
  measures: readonly string[]
) {
  const responses = yield* Responses
  const ratings = yield* Ratings
  const texts: StyleText[] = []
  const posts = new Map<number, string>()
  yield* Stream.runForEach(responses.answers(manifest.run), (answer) =>
    Effect.sync(() => {
      if (answer.condition !== condition || !isRated(answer.outcome)) return
      const post = `${answer.suite}/${answer.post}`
      posts.set(answer.ordinal, post)
      const { source, domain, epoch, text } = answer
      texts.push({ source, post, domain, epoch, text })
    })
  )
  const automatic = new Set(automaticRaters(manifest).map(({ id, version }) => `${id}\u0000${version}`))
  const sets = new Map<
    string,
    {
      readonly raters: Set<string>
      readonly rows: StyleRating[]
      readonly head: string
      readonly panels: readonly Panel[]
    }
  >()
  const measurer = makeMeasurer(
    manifest.instruments.map((entry) => entry.definition),
    ({ of, measure, value }) => {
      const name = nameOf(of.instrument, measure)
      if (!measures.includes(name)) return
      const panels = of.raterKind === "human" ? panelsOf(of.panel, manifest.pool ?? []) : []
      const key = [name, of.raterKind, ...panels].join(" ")
      const set = sets.get(key) ?? {
        raters: new Set<string>(),
        rows: [],
        head: `${name}, ${of.raterKind.toUpperCase()}`,
        panels
      }
      sets.set(key, set)
      set.raters.add(of.rater)
      set.rows.push({
        source: of.source,
        post: posts.get(of.ordinal)!,
        epoch: of.epoch,
        rater: of.rater,
        value
      })
    },
    { dimensions: true }
  )
  yield* Stream.runForEachArray(ratings.scored(manifest.run), (rows) =>
    Effect.sync(() => {
      for (const row of rows) {
        if (row.condition !== condition) continue
        if (row.raterKind === "human" || automatic.has(`${row.rater}\u0000${row.raterVersion}`))
          measurer.add(row)
      }
    })
  )
  measurer.end()
  const named = [...sets.values()].map(
    ({ head, raters, rows, panels }): StyleRatings => ({
      name: head.endsWith("HUMAN")
        ? `${head}, ${peopleText({ raters: [...raters], panels })}`
        : `${head} ${listed([...raters].sort())}`,
      rows
    })
  )
  return yield* Effect.tryPromise({
    try: () => styleReport(texts, named, deriveSeed(manifest.seed, "style", condition)),
    catch: (cause) =>
      new StoreError({
        reason: `the texts cannot be analysed (${cause instanceof Error ? cause.message.split("\n")[0] : cause})`,
        mend: "install the packages again with npm ci"
      })
  })
})
