import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Leaderboard } from "../../harness/leaderboard/Leaderboard.ts"
import type { QualityReport } from "../../harness/ratings/quality/qualityReport.ts"
import { Runs } from "../../harness/store/Runs.ts"
import * as Store from "../../harness/store/Store.ts"
import { ruleNames } from "../../harness/study/QualityRules.ts"
import { NodeServicesLayer } from "../nodeServices.ts"
import { importPlanted } from "../ratings/quality/importPlanted.ts"
import { faulty, honestPeople, type Person, sheetOf } from "../ratings/quality/planted.ts"
import { emptyFolder, start } from "./warmline.ts"

const study = (rest: string) => `name: panel
title: "A panel"
seed: 1
suites: [parenting]
conditions: [base]
sources: [reflective, eliza, dismissive]
instruments: [perceived-empathy]
${rest}`

const rules = `quality:
  preview: {}
  unfinished: {}
  duplicate-person: {}
  too-fast: {}
  attention: {}
  reversed-pairs: { pairs: [{ instrument: chat, dimension: polite, reversed: rude }] }
  straight-line: {}
  missing-inside: {}
  far-from-others: {}
`

/** A run of ten posts and three sources, rated by these people. */
const rated = Effect.fn(function* (folder: string, file: string, people: readonly Person[]) {
  const made = yield* start(folder, ["run", file, "--limit", "10", "--display", "none"])
  assert.strictEqual(made.code, 0, made.stderr)
  return yield* Effect.gen(function* () {
    const { id } = (yield* (yield* Runs).list)[0]!
    yield* importPlanted(id, sheetOf(people), "2036-01-01T00:00:00.000Z")
    return id
  }).pipe(
    Effect.provide(Store.layer(join(folder, ".warmline", "store.db"))),
    Effect.provide(NodeServicesLayer)
  )
})

const humans = (stdout: string) =>
  (JSON.parse(stdout) as Leaderboard).tables.filter(({ raterKind }) => raterKind === "human")

describe("warmline ratings check", () => {
  it.live("counts every rule, excludes by a study's rules, and the leaderboard shows both", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      writeFileSync(join(folder, "panel.yaml"), study(""))
      writeFileSync(join(folder, "rules.yaml"), study(rules))
      const people = [...honestPeople, ...Object.values(faulty)]
      const run = yield* rated(folder, "panel.yaml", people)

      const plain = yield* start(folder, ["ratings", "check"])
      assert.strictEqual(plain.code, 0, plain.stderr)
      assert.match(plain.stdout, /^Data quality of panel-[0-9a-f]{8}\n21 people, 22 sittings, 1,888 ratings/)
      assert.match(plain.stdout, /No rule is on \(the run's study\): nobody is excluded/)
      assert.match(plain.stdout, /too-fast +off +1 +1 +90 +90/)
      assert.match(plain.stdout, /reversed-pairs: the study declares nothing to check/)
      assert.match(plain.stdout, /Excluded: nobody\./)
      const before = humans((yield* start(folder, ["leaderboard", run, "--json"])).stdout)
      assert.lengthOf(before, 3)
      assert.isTrue(before.every(({ exclusions }) => exclusions === undefined))

      const json = yield* start(folder, ["ratings", "check", run, "--study", "rules.yaml", "--json"])
      assert.strictEqual(json.code, 0, json.stderr)
      const report = JSON.parse(json.stdout) as QualityReport
      assert.deepStrictEqual(
        report.results.map(({ rule, on, raters }) => [rule, on, raters]),
        ruleNames.map((rule) => [rule, true, 1])
      )
      for (const rule of ruleNames) {
        assert.deepStrictEqual(
          report.raters.filter(({ hits }) => hits.some((hit) => hit.rule === rule)).map(({ rater }) => rater),
          [faulty[rule].name]
        )
      }
      // The returner's first sitting stays; of the others nothing does.
      assert.deepStrictEqual([report.excluded.raters, report.excluded.submissions], [8, 9])
      assert.deepStrictEqual([report.rules.origin, report.rules.sets], ["rules.yaml", 2])
      const warm = (list: QualityReport["reliability"]["all"]) =>
        list.find(({ dimension }) => dimension === "warm")!
      assert.strictEqual(warm(report.reliability.kept).raters, 13)
      assert.strictEqual(warm(report.reliability.all).raters, 21)
      assert.isFalse(warm(report.reliability.all).icc2.ok)
      assert.isTrue(warm(report.reliability.kept).icc2.ok)

      const after = humans((yield* start(folder, ["leaderboard", run, "--json"])).stdout)
      for (const [index, table] of after.entries()) {
        const { exclusions } = table
        assert.deepStrictEqual([exclusions?.raters, exclusions?.allRaters], [13, 21])
        // Without exclusions it is the table from before; with them it is the table now.
        for (const { source, all, kept } of exclusions!.rows) {
          // Fitted from rows in another order, so not to the last digit.
          const same = (one: typeof all, other: typeof all) => {
            for (const part of ["estimate", "lower", "upper"] as const)
              assert.approximately(one![part], other![part], 1e-9)
          }
          same(all, before[index]!.rows.find((row) => row.source === source)!.mean)
          same(kept, table.rows.find((row) => row.source === source)!.mean)
        }
        assert.notDeepEqual(
          exclusions!.rows.map(({ kept }) => kept),
          exclusions!.rows.map(({ all }) => all)
        )
      }
      const list = yield* start(folder, ["ratings", "check", "--raters"])
      assert.match(list.stdout, /speeder +crowd +1 +90 +60 .* all +too-fast/)
      assert.match(list.stdout, /speeder: too-fast: 60 s, the median is \d+/)
      assert.match(list.stdout, /Reliability after exclusions[\s\S]*Reliability of all ratings/)
      assert.match(list.stdout, /checked by 2 different sets of rules/)
    }).pipe(Effect.scoped)
  )

  it.live("says in one line what is wrong", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      writeFileSync(join(folder, "none.yaml"), study(""))
      writeFileSync(join(folder, "slip.yaml"), study("quality: { too-fast: { shar: 0.5 } }\n"))
      const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
        [[], 1, /no run in .* has ratings by people; bring some in/],
        [["--study", "none.yaml"], 2, /none\.yaml: the study declares no quality rules; add `quality:`/],
        [["--study", "slip.yaml"], 2, /slip\.yaml:\d+:\d+ quality\.too-fast\.shar/]
      ]
      for (const [args, code, expected] of cases) {
        const done = yield* start(folder, ["ratings", "check", ...args])
        assert.match(done.stderr, expected)
        assert.strictEqual(done.stderr.trim().split("\n").length, 1, done.stderr)
        assert.strictEqual(done.code, code)
      }
    }).pipe(Effect.scoped)
  )
})
