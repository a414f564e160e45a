/** What automatic raters said nothing of: verdicts that could not be read, or were no value of the scale. */
import { Effect } from "effect"
import { automaticRaters, type RunManifest } from "../run/Manifest.ts"
import { TextRatings } from "../store/TextRatings.ts"
import { raterKey } from "./collect.ts"
import { count, counted } from "./formatNumber.ts"
import type { Leaderboard } from "./Leaderboard.ts"

/** Ratings without a value by rater, instrument and reason, the most frequent first; of the run's own raters. */
export const unscoredOf = Effect.fn("Leaderboard.unscored")(function* (manifest: RunManifest) {
  const mine = new Set(automaticRaters(manifest).map(raterKey))
  const rows = (yield* (yield* TextRatings).tally(manifest.run)).filter(({ rater, raterVersion }) =>
    mine.has(raterKey({ id: rater, version: raterVersion }))
  )
  const of = new Map<string, number>()
  const key = ({ rater, instrument }: (typeof rows)[number]) => `${rater}\u0000${instrument}`
  for (const row of rows) of.set(key(row), (of.get(key(row)) ?? 0) + row.n)
  return rows
    .flatMap((row) => {
      const { rater, instrument, reason, n } = row
      return reason === null ? [] : [{ rater, instrument, reason, n, of: of.get(key(row))! }]
    })
    .sort((a, b) => b.n - a.n)
})

/** A line for each: `x on risk: 12 of 60 verdicts: no score was found in the answer`. */
export const unscoredLines = ({ unscored = [] }: Leaderboard): readonly string[] =>
  unscored.map(
    ({ rater, instrument, reason, n, of }) =>
      `${rater} on ${instrument}: ${count(n)} of ${counted(of, "verdict")}: ${reason}`
  )

/** What stands above them. */
export const unscoredTitle = "Unscored: left out of every mean, never taken for a grade"
