import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { AgreementDocument } from "../../harness/stats/agreement/AgreementJson.ts"
import { csv, json, near } from "../stats/Truth.ts"
import { number } from "../stats/withR/TruthFolder.ts"
import { emptyFolder, start } from "./warmline.ts"

type Estimates = Readonly<Record<string, number>>

const truth = json<{
  icc: { icc_complete: Readonly<Record<string, { est: number; lo: number; hi: number; F: number }>> }
  krippendorff: Readonly<Record<string, Estimates>>
  kappa: Readonly<Record<"unweighted" | "linear" | "quadratic", { est: number; se: number }>> & {
    fleiss_icc_complete: { kappa: number }
  }
  agreement: {
    judge_vs_human_labeled: {
      n: number
      pearson: { est: number }
      spearman: { est: number }
      kendall_tau_b: { est: number }
      lin_ccc: number
    }
  }
}>("reliability.json")

const truthFile = (name: string) => fileURLToPath(new URL(`../stats/truth/${name}`, import.meta.url))
const judges = "j1,j2,j3,j4,j5,j6"

const onFile = (text: string | undefined, ...args: readonly string[]) =>
  Effect.gen(function* () {
    const folder = yield* emptyFolder
    if (text !== undefined) writeFileSync(join(folder, "r.csv"), text)
    return yield* start(folder, ["agreement", ...args])
  }).pipe(Effect.scoped)

const agreement = Effect.fn(function* (file: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = yield* onFile(
    undefined,
    truthFile(file),
    ...args,
    "--replicates",
    "20",
    "--json"
  )
  assert.strictEqual(code, 0, stderr)
  return JSON.parse(stdout) as AgreementDocument & { readonly notes: readonly string[] }
})

const same = (actual: object, expected: Estimates) => {
  for (const [name, value] of Object.entries(expected)) near((actual as Estimates)[name]!, value, 1e-9, name)
}

describe("warmline agreement", () => {
  it.live("prints R's coefficients of a wide file, complete or not", () =>
    Effect.gen(function* () {
      const complete = yield* agreement("icc_complete.csv", "--raters", judges)
      for (const [name, { est, lo, hi, F }] of Object.entries(truth.icc.icc_complete)) {
        near(complete.icc[name] as number, est, 1e-9, name)
        const detail = (...path: readonly string[]) => number(complete.details, "icc", name, ...path)
        near(detail("interval", "lower"), lo, 1e-9, name)
        near(detail("interval", "upper"), hi, 1e-9, name)
        near(detail("test", "F"), F, 1e-9, name)
      }
      same(complete.alpha, truth.krippendorff.icc_complete!)
      near(complete.kappa.fleiss as number, truth.kappa.fleiss_icc_complete.kappa, 1e-9)
      const missing = yield* agreement("alpha_missing.csv", "--raters", judges, "--item", "item")
      same(missing.alpha, truth.krippendorff.alpha_missing!)
    })
  )

  it.live("prints R's kappas and correlations of two raters", () =>
    Effect.gen(function* () {
      const { unweighted, linear, quadratic } = truth.kappa
      const kappas = { unweighted: unweighted.est, linear: linear.est, quadratic: quadratic.est }
      const two = yield* agreement("kappa2.csv", "--raters", "x,y")
      same(two.kappa, kappas)
      near(number(two.details, "kappa", "quadratic", "se"), quadratic.se, 1e-9)
      const nominal = yield* agreement("kappa2.csv", "--raters", "x,y", "--scale", "nominal")
      same(nominal.kappa, { unweighted: unweighted.est })
      assert.isNull(nominal.kappa.linear)
      const { correlation } = yield* agreement("judge.csv", "--raters", "judge,human")
      const { pearson, spearman, kendall_tau_b, lin_ccc } = truth.agreement.judge_vs_human_labeled
      same(correlation, {
        pearson: pearson.est,
        spearman: spearman.est,
        kendall: kendall_tau_b.est,
        concordance: lin_ccc
      })
    })
  )

  it.live("prints R's alpha of a row a rating, an item named by two columns", () =>
    Effect.gen(function* () {
      const long = ["--rater", "rater_id", "--item", "post_id,source", "--value", "rating"]
      for (const data of ["A", "B"]) {
        const { alpha } = yield* agreement(`${data}.csv`, ...long)
        same(alpha, truth.krippendorff[`${data}_units_response`]!)
      }
      // Some raters of C rated a text twice: not agreement between raters, unless it is asked for.
      const refused = yield* onFile(undefined, truthFile("C.csv"), ...long, "--json")
      assert.strictEqual(refused.code, 1)
      assert.match(JSON.parse(refused.stdout).reason, /rated item .* more than once/)
      const separate = yield* agreement("C.csv", ...long, "--repeats", "separate")
      same(separate.alpha, truth.krippendorff.C_units_response!)
    })
  )

  it.live("reads a row a rating as it reads a row an item", () =>
    Effect.gen(function* () {
      const rows = csv("alpha_missing.csv")
      const long = rows.flatMap((row) =>
        judges.split(",").map((judge) => `${judge},${row.item},${row[judge] === "" ? "NA" : row[judge]}\r\n`)
      )
      const { stdout } = yield* onFile(
        `who,what,how\r\n${long.join("")}j1,,3\r\n`,
        ...["r.csv", "--rater", "who", "--item", "what", "--value", "how", "--replicates", "20", "--json"]
      )
      const result = JSON.parse(stdout)
      same(result.alpha, truth.krippendorff.alpha_missing!)
      assert.deepStrictEqual(result.notes, ["1 rows name no rater or no item and are left out"])
    })
  )

  it.live("prints a table for people, and why a coefficient is not in it", () =>
    Effect.gen(function* () {
      const { stdout } = yield* onFile(undefined, truthFile("alpha_missing.csv"), "--raters", judges)
      assert.match(
        stdout,
        /^123 ratings of 30 items by 6 raters \(1 to 6, mean 4\.1 an item\), interval scale/
      )
      assert.match(stdout, /Krippendorff's alpha, interval +0\.489 +\[0\.\d+, 0\.\d+\] +29 items/)
      assert.match(stdout, /Not given\n +Fleiss' kappa: the items have different numbers/)
    })
  )

  it.live("takes labels on a nominal scale only", () =>
    Effect.gen(function* () {
      const words = "a,b\nwarm,warm\ncold,warm\nwarm,NA\ncold,cold\n"
      const nominal = yield* onFile(words, "r.csv", "--raters", "a,b", "--scale", "nominal", "--json")
      const { design, kappa } = JSON.parse(nominal.stdout)
      assert.strictEqual(design.ratings, 7)
      near(kappa.unweighted, 0.4, 1e-12)
      const interval = yield* onFile(words, "r.csv", "--raters", "a,b")
      assert.match(interval.stderr, /^warmline: r\.csv:2: a "warm" is not a number; /)
      assert.strictEqual(interval.code, 2)
    })
  )

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["no columns at all", [], /r\.csv: --rater is missing; a row a rating: .*--raters/],
    ["a column short", ["--rater", "a", "--value", "b"], /--item is missing/],
    ["both forms", ["--raters", "a,b", "--rater", "a"], /--raters: cannot stand beside --rater;/],
    ["a column that is not there", ["--raters", "a,z"], /r\.csv: no column "z"; its columns are a, b/]
  ]
  for (const [name, args, expected] of wrong) {
    it.live(`says in one line what is wrong: ${name}`, () =>
      Effect.gen(function* () {
        const { code, stderr } = yield* onFile("a,b\n1,2\n", "r.csv", ...args)
        assert.match(stderr, expected)
        assert.strictEqual(stderr.trim().split("\n").length, 1)
        assert.strictEqual(code, 2)
      })
    )
  }

  it.live("gives reasons for every coefficient when there is one rating an item", () =>
    Effect.gen(function* () {
      const { code, stdout } = yield* onFile("a,b\n1,\n,2\n", "r.csv", "--raters", "a,b", "--json")
      assert.strictEqual(code, 0)
      assert.include(JSON.parse(stdout).reasons["alpha.interval"], "one rater only")
    })
  )
})
