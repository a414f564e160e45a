/** Leaderboards made up for the tests of the views: numbers that no run has measured. */
import type { Contrast, Leaderboard, Row, Table } from "../../harness/leaderboard/Leaderboard.ts"

/** A row; `half` is half the width of the interval. */
export const sampleRow = (
  source: string,
  estimate: number,
  half: number,
  rank: readonly [number, number],
  rest: Partial<Row> = {}
): Row => ({
  source,
  kind: "model",
  mean: { estimate, lower: estimate - half, upper: estimate + half },
  rank,
  posts: 120,
  words: 118.4,
  ...rest
})

/** All pairs of the rows that have a mean, with intervals `half` to each side. */
export const sampleContrasts = (rows: readonly Row[], half: number): Contrast[] =>
  rows.flatMap((a, i) =>
    rows.slice(i + 1).flatMap((b) => {
      if (!a.mean || !b.mean) return []
      const estimate = a.mean.estimate - b.mean.estimate
      return [
        {
          a: a.source,
          b: b.source,
          estimate,
          se: half / 2.4,
          lower: estimate - half,
          upper: estimate + half,
          p: Math.abs(estimate) > half ? 0.0004 : 0.41,
          posts: Math.min(a.posts, b.posts),
          minimumDetectable: half * 1.3
        }
      ]
    })
  )

const domains = ["anger", "anxiety", "covid-19", "parenting", "relationships", "workplace"]

/** A table of the rows; `half` is that of the contrasts. */
export const sampleTable = (rows: readonly Row[], rest: Partial<Table> = {}, half = 0.12): Table => ({
  instrument: "perceived-empathy",
  title: "Perceived empathy",
  measure: "aggregate",
  raterKind: "proxy",
  raters: ["lexical"],
  condition: "base",
  scale: { minimum: 1, maximum: 5 },
  estimand: "Mean score by lexical, a PROXY: a formula over the text.",
  rows,
  contrasts: sampleContrasts(rows, half),
  domains: domains.map((domain, d) => ({
    domain,
    rows: rows.flatMap(({ source, mean }, s) => {
      if (!mean) return []
      const shifted = mean.estimate + 0.2 * Math.sin(3 * d + s)
      return [{ source, mean: shifted, lower: shifted - 0.25, upper: shifted + 0.25, posts: 20 }]
    })
  })),
  notes: [],
  ...rest
})

/** A leaderboard of the tables, everything answered. */
export const sampleLeaderboard = (
  tables: readonly Table[],
  rest: Partial<Leaderboard> = {}
): Leaderboard => ({
  format: "warmline-leaderboard/1",
  run: "quick-0a1b2c3d",
  study: { name: "quick", title: "Quick look at the embedded sources" },
  planned: 360,
  answered: 360,
  outcomes: [{ source: "reflective", condition: "base", outcome: "ok", n: 120 }],
  failures: [],
  tables,
  manifest: {
    format: "warmline-manifest/1",
    run: "quick-0a1b2c3d",
    seed: 7,
    startedAt: "2026-01-02T03:04:05Z"
  },
  ...rest
})

/** `reflective` above `eliza` above `dismissive`, all separated. */
export const clearRows: readonly Row[] = [
  sampleRow("reflective", 3.41, 0.06, [1, 1], { kind: "program" }),
  sampleRow("eliza", 2.52, 0.08, [2, 2], { kind: "program", words: 31 }),
  sampleRow("dismissive", 1.38, 0.05, [3, 3], { kind: "program", words: 22 })
]

/** Nothing separated. */
export const tiedRows: readonly Row[] = [
  sampleRow("north", 3.62, 0.1, [1, 3]),
  sampleRow("east", 3.6, 0.11, [1, 3]),
  sampleRow("south", 3.57, 0.1, [1, 3])
]

/** Two at the top that cannot be told apart, one below. */
export const sharedRows: readonly Row[] = [
  sampleRow("north", 4.1, 0.1, [1, 2]),
  sampleRow("east", 4.05, 0.11, [1, 2]),
  sampleRow("south", 3.4, 0.1, [3, 3], { kind: "human" })
]
