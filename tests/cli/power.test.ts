import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { PowerReport } from "../../harness/stats/design/Power.ts"
import { json, near } from "../stats/Truth.ts"
import { emptyFolder, start } from "./warmline.ts"

interface Case {
  readonly R: number
  readonly P: number
  readonly S: number
  readonly k: number
  readonly vr: number
  readonly vp: number
  readonly vps: number
  readonly vrs: number
  readonly ve: number
  readonly se_contrast_1_2: number
  readonly se_mean_1: number
}

const { cases } = json<{ readonly cases: readonly Case[] }>("design.json")

const run = (...args: readonly string[]) =>
  Effect.gen(function* () {
    const folder = yield* emptyFolder
    return yield* start(folder, ["power", ...args])
  }).pipe(Effect.scoped)

const flags = (design: Case) =>
  Object.entries({
    posts: design.P,
    raters: design.R,
    sources: design.S,
    ratings: design.k,
    "var-rater": design.vr,
    "var-post": design.vp,
    "var-post-source": design.vps,
    "var-rater-source": design.vrs,
    "var-residual": design.ve
  }).flatMap(([name, value]) => [`--${name}`, `${value}`])

describe("warmline power", () => {
  it.live("prints R's exact standard errors of a design", () =>
    Effect.gen(function* () {
      for (const design of [cases[0]!, cases[4]!]) {
        const { code, stdout, stderr } = yield* run(...flags(design), "--json")
        assert.strictEqual(code, 0, stderr)
        const { exact } = JSON.parse(stdout) as PowerReport
        if ("reason" in exact) return assert.fail(exact.reason)
        near(exact.standardError, design.se_contrast_1_2, 1e-9)
        near(exact.standardErrorOfMean, design.se_mean_1, 1e-9)
      }
    })
  )

  it.live("prints what can be detected, and what other sizes would buy", () =>
    Effect.gen(function* () {
      const design = [...flags(cases[0]!), "--effect", "-0.3", "--alpha", "0.05", "--contrasts", "6"]
      const { stdout, stderr, code } = yield* run(...design, "--simulate", "50", "--scale", "1,5")
      assert.strictEqual(code, 0, stderr)
      assert.match(stdout, /^15 posts × 4 sources, 60 raters with 12 texts each: 720 ratings, 12\.0 a text/)
      assert.match(stdout, /Error level 0\.008333 \(two-sided\)/)
      assert.match(stdout, /Power for −0\.300 +\d+\.\d %/)
      assert.match(stdout, /50 simulated studies: \d+\.\d % .* find the effect/)
      assert.match(stdout, /posts +raters +ratings +a text +SE +smallest +power\n/)
      assert.match(stdout, /Twice the posts lower .*: buy posts\./)
    })
  )

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["a study that cannot be", flags({ ...cases[0]!, k: 999 }), /a rater cannot rate 999 of 60 texts/],
    ["a negative variance", flags({ ...cases[0]!, vr: -1 }), /-1 is below 0/],
    [
      "a scale that is none",
      [...flags(cases[0]!), "--simulate", "9", "--scale", "low"],
      /--scale low: not two or/
    ],
    ["no design", [], /--posts/]
  ]
  for (const [name, args, expected] of wrong) {
    it.live(`says in one line what is wrong: ${name}`, () =>
      Effect.gen(function* () {
        const { code, stdout, stderr } = yield* run(...args)
        assert.match(stderr, expected)
        assert.strictEqual(stderr.trim().split("\n").length, 1, stderr)
        assert.strictEqual(stdout, "")
        assert.strictEqual(code, 2)
      })
    )
  }
})
