import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { build } from "../../harness/leaderboard/build.ts"
import { headlineOf } from "../../harness/leaderboard/headline.ts"
import type { Leaderboard, Table } from "../../harness/leaderboard/Leaderboard.ts"
import { renderMarkdown } from "../../harness/leaderboard/markdown.ts"
import { renderPage } from "../../harness/leaderboard/page.ts"
import { renderTerminal } from "../../harness/leaderboard/terminal.ts"
import { sources as bin } from "../cli/warmline.ts"
import { layerOf } from "../run/study.ts"
import { csvOf, type Planted, type PlantedRating, plantRun, worldOf } from "./plantedRun.ts"

/** 15 posts, four sources, 190 people, as in the paper's first study; its file ranks from 15 posts. */
const study1: Planted = {
  posts: 15,
  domains: 3,
  sources: { human: 2.8, alpha: 3.6, beta: 3.5, gamma: 3.4 },
  people: 190,
  perText: 38,
  seed: 11,
  study: { thresholds: { posts: 15, raters: 20, ratersPerText: 3 } }
}

/** 120 posts in six domains, three sources, 200 people, as in its second. */
const study2: Planted = {
  posts: 120,
  domains: 6,
  sources: { alpha: 3.9, beta: 3.4, gamma: 2.9 },
  people: 200,
  perText: 8,
  seed: 12
}

const planted = (what: Planted, body: (board: Leaderboard, people: readonly PlantedRating[]) => void) =>
  Effect.gen(function* () {
    const { run, people } = yield* plantRun(what)
    body(yield* build(run), people)
  }).pipe(Effect.scoped, Effect.provide(layerOf(worldOf(what)))) as Effect.Effect<void>

const humanOf = (board: Leaderboard): Table => {
  const table = board.tables.find(({ raterKind }) => raterKind === "human")
  assert.isDefined(table)
  return table!
}

interface Analysed {
  readonly emmeans: readonly {
    readonly source: string
    readonly emmean: number
    readonly lower: number
    readonly upper: number
  }[]
  readonly contrasts: readonly {
    readonly estimate: number
    readonly lower: number
    readonly p_adjusted: number
    readonly minimum_detectable: number
  }[]
  readonly ranks: readonly { readonly source: string; readonly best: number; readonly worst: number }[] | null
}

const analysed = (
  people: readonly PlantedRating[],
  sources: readonly string[],
  ...rest: string[]
): Analysed => {
  const folder = mkdtempSync(join(tmpdir(), "warmline-planted-"))
  const file = join(folder, "ratings.csv")
  writeFileSync(file, csvOf(people))
  const columns = ["--rating", "rating", "--source", "source", "--rater", "rater", "--post", "post"]
  const order = ["--levels", sources.join(","), "--json"]
  try {
    const args = [bin, "analyze", file, ...columns, ...order, ...rest]
    return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Analysed
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Rows in another order are summed in another order: the last digits may differ, and no more. */
const close = (found: readonly number[], expected: readonly number[]) => {
  for (const [i, value] of expected.entries()) assert.approximately(found[i]!, value, 1e-8)
}

const same = (table: Table, analysis: Analysed, sources: readonly string[]) => {
  for (const { source, emmean, lower, upper } of analysis.emmeans) {
    const row = table.rows.find((entry) => entry.source === source)!
    close([row.mean!.estimate, row.mean!.lower, row.mean!.upper], [emmean, lower, upper])
  }
  let at = 0
  for (const [i, a] of sources.entries()) {
    for (const b of sources.slice(i + 1)) {
      const expected = analysis.contrasts[at++]!
      const found = table.contrasts.find((entry) => entry.a === a && entry.b === b)!
      close(
        [found.estimate, found.lower, found.p, found.minimumDetectable],
        [expected.estimate, expected.lower, expected.p_adjusted, expected.minimum_detectable]
      )
    }
  }
}

describe("the report of planted people", () => {
  for (const [name, what] of Object.entries({ "study 1": study1, "study 2": study2 })) {
    it.effect(`has the numbers that analyze gives on the same ratings: ${name}`, () =>
      planted(what, (board, people) => {
        const table = humanOf(board)
        const sources = Object.keys(what.sources)
        const ranking = analysed(people, sources, "--domain", "domain", "--model", "ranking")
        same(table, ranking, sources)
        if (ranking.ranks !== null) {
          for (const { source, best, worst } of ranking.ranks) {
            assert.deepStrictEqual(table.rows.find((row) => row.source === source)!.rank, [best, worst])
          }
        }
        const paper = analysed(people, sources, "--model", "paper")
        for (const { source, emmean, lower, upper } of paper.emmeans) {
          const row = table.replication!.rows.find((entry) => entry.source === source)!
          close([row.mean!.estimate, row.mean!.lower, row.mean!.upper], [emmean, lower, upper])
        }
      })
    )
  }

  it.effect("names a clear winner, and says that other analyses agree", () =>
    planted({ ...study2, study: { contrasts: [["gamma", "alpha"]] } }, (board) => {
      const table = humanOf(board)
      assert.match(
        headlineOf(table),
        /^Rated by 200 people on 120 posts: alpha \(3\.\d\d\) has the highest mean .* separated from each of the other 2 sources: beta .* and gamma/
      )
      assert.match(table.sensitivity!.conclusion, /^The conclusion does not change/)
      assert.isTrue(table.sensitivity!.methods.every(({ reason }) => reason === undefined))
      // The truth is among the planted differences, however it is analysed.
      for (const { name, unit, contrasts } of table.sensitivity!.methods) {
        const pair = contrasts.find(({ a, b }) => a === "alpha" && b === "gamma")!
        assert.isTrue(pair.lower > 0, name)
        if (unit === "points")
          assert.isTrue(pair.lower < 1 && pair.upper > 0.8, `${name} ${pair.lower} ${pair.upper}`)
      }
      const [declared] = table.declared!.contrasts
      assert.deepStrictEqual([declared!.a, declared!.b], ["gamma", "alpha"])
      assert.isTrue(declared!.estimate < -0.8 && declared!.p < 1e-6)
      assert.deepStrictEqual(
        table.rows.map(({ source, rank }) => [source, rank]),
        [
          ["alpha", [1, 1]],
          ["beta", [2, 2]],
          ["gamma", [3, 3]]
        ]
      )
      assert.isAbove(table.domains.length, 5)
      assert.deepStrictEqual(
        table.slices?.map(({ by }) => by),
        undefined
      )
    })
  )

  it.effect("says that equal sources are not distinguishable, and what it would have found", () =>
    planted({ ...study2, sources: { alpha: 3.4, beta: 3.4, gamma: 3.4 }, seed: 21 }, (board) => {
      assert.match(
        headlineOf(humanOf(board)),
        /are not distinguishable .* A true difference of 0\.\d\d points would have been found four times in five\./
      )
    })
  )

  it.effect(
    "refuses with every reason where there are too few posts and people, and ranks when the study says so",
    () =>
      planted({ ...study1, people: 12, perText: 2, study: {} }, (board) => {
        const text = headlineOf(humanOf(board))
        assert.include(text, "the sources are not ranked")
        assert.include(text, "15 posts are fewer than the 30 a ranking needs")
        assert.include(text, "12 raters are fewer than the 20 a ranking needs")
        assert.include(text, "the typical text has 2 raters, a ranking needs 3")
        const table = humanOf(board)
        assert.isUndefined(table.sensitivity)
        assert.isTrue(table.rows.every(({ rank }) => rank[0] === 1 && rank[1] === 4))
      })
  )

  it.effect(
    "refuses a design whose raters and sources fall apart, and says so wherever it is read",
    () =>
      Effect.gen(function* () {
        const what: Planted = {
          ...study2,
          sources: { alpha: 3.9, beta: 3.4, gamma: 2.9, delta: 2.5 },
          people: 60,
          perText: 4,
          apart: true
        }
        const { run } = yield* plantRun(what)
        const board = yield* build(run)
        const table = humanOf(board)
        const why = "raters and sources fall into 2 groups with no rating between them"
        assert.strictEqual(table.refusal, why)
        assert.isTrue(table.rows.every(({ rank }) => rank[0] === 1 && rank[1] === 4))
        assert.isUndefined(table.sensitivity)
        assert.match(headlineOf(table), new RegExp(`the sources are not ranked on .*: ${why}`))
        const terminal = renderTerminal(board, { columns: 140, colour: false })
        assert.include(terminal, `Not ranked: ${why}.`)
        assert.notInclude(terminal, "Separated:")
        assert.include(renderMarkdown(board).replaceAll("\\", ""), why)
        assert.include(yield* Effect.promise(() => renderPage(board)), why)
      }).pipe(
        Effect.scoped,
        Effect.provide(layerOf(worldOf({ ...study2, sources: { alpha: 1, beta: 1, gamma: 1, delta: 1 } })))
      ) as Effect.Effect<void>
  )

  it.effect("is a judge's only where no person rated, and says so", () =>
    planted({ ...study2, perText: 0, judge: { alpha: 3.9, beta: 3.2, gamma: 2.5 } }, (board) => {
      assert.deepStrictEqual(
        board.tables.map(({ raterKind }) => raterKind),
        ["judge"]
      )
      const text = headlineOf(board.tables[0]!)
      assert.match(text, /^Rated by the model planted-judge \(not by people\) on 120 posts: alpha/)
      assert.include(text, "This is how a model judges the texts, not how people perceive them.")
    })
  )

  it.effect("says where a judge and people disagree, in both tables, and corrects the judge", () =>
    planted(
      { ...study2, labelled: 60, perText: 12, judge: { alpha: 2.9, beta: 3.4, gamma: 3.9 } },
      (board) => {
        const [human, judge] = board.tables as [Table, Table]
        assert.deepStrictEqual([human.raterKind, judge.raterKind], ["human", "judge"])
        assert.match(headlineOf(human), /alpha .* has the highest mean/)
        assert.include(headlineOf(human), "But the judge planted-judge (a model, not people) rates otherwise")
        assert.include(headlineOf(human), "gamma above alpha (here the reverse)")
        assert.include(headlineOf(judge), "But 200 people see it otherwise")
        const [correction] = judge.corrections!
        const corrected = new Map(correction!.rows.map(({ source, mean }) => [source, mean!]))
        for (const [source, truth] of Object.entries(study2.sources)) {
          const { lower, upper } = corrected.get(source)!
          assert.isTrue(lower < truth + 0.1 && upper > truth - 0.1, `${source} ${lower} ${upper}`)
        }
      }
    )
  )
})

describe("the views of what stands beside a table", () => {
  it.effect(
    "show it all, and the page takes no name for markup",
    () =>
      Effect.gen(function* () {
        const what: Planted = {
          ...study1,
          judge: study1.sources,
          study: { ...study1.study, contrasts: [["human", "alpha"]] }
        }
        const { run } = yield* plantRun(what)
        const board = yield* build(run)
        const titles = [
          "Other analyses of the same ratings",
          "Differences that the study declared beforehand",
          "Replication: the paper's model on the same ratings",
          "Means corrected by people who rated a part of the posts"
        ]
        const page = yield* Effect.promise(() => renderPage(board))
        for (const title of titles) {
          assert.include(renderTerminal(board, { columns: 140, colour: false }), title)
          assert.include(renderMarkdown(board).replaceAll("\\", ""), title)
          assert.include(page.replaceAll("&#39;", "'"), title)
        }
        for (const columns of [80, 140]) {
          const lines = renderTerminal(board, { columns, colour: false }).split("\n")
          assert.deepStrictEqual(
            lines.filter((line) => line.length > columns),
            []
          )
        }
      }).pipe(Effect.scoped, Effect.provide(layerOf(worldOf(study1)))) as Effect.Effect<void>
  )
})
