/** Agreement with experts and crowd, on ratings whose coefficients are worked out by hand. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { runAgreementText } from "../../harness/cli/display/runAgreementText.ts"
import { familyFinder } from "../../harness/judge/Families.ts"
import { runOfPlan } from "../../harness/judge/JudgingPlan.ts"
import { judgeRun } from "../../harness/judge/judgeRun.ts"
import { agreementReport, leftOut } from "../../harness/leaderboard/agreementReport.ts"
import { build } from "../../harness/leaderboard/build.ts"
import { makeCaller } from "../../harness/run/Caller.ts"
import { decodeManifest, encodeManifest, type RunManifest } from "../../harness/run/Manifest.ts"
import type { Estimable } from "../../harness/stats/Estimable.ts"
import { Runs } from "../../harness/store/Runs.ts"
import { defaults } from "../../harness/study/QualityRules.ts"
import { type AgreementThresholds, defaultAgreement } from "../../harness/study/Study.ts"
import { judgeOf } from "../judge/judges.ts"
import { begin, generate, layerOf, patience, type World } from "../run/study.ts"
import { importPeople, type RatingPerson } from "./importPeople.ts"

/** What every text is worth: 2, 3 or 4, as often. */
const worth = (post: number) => 2 + (post % 3)

const posts = 48
const ofPost = ({ about }: { readonly about: { readonly post: string } }) => Number(about.post.slice(5))
/** What the judge is to say stands at the head of each text: what it is worth of `a`, a point more of `b`. */
const text = (value: number, words: number) => `${value}${" word".repeat(words - 1)}`

const world: World = {
  posts: Array.from({ length: posts }, (_, i) => `post-${i}`),
  sources: [
    { name: "a", generate: (call) => text(worth(ofPost(call)), 20) },
    { name: "b", generate: (call) => text(worth(ofPost(call)) + 1, 60) }
  ]
}

/** Three experts, about what a text is worth: on half of the posts one is a point above it and one below. */
const spread = (post: number) => Math.floor(post / 3) % 2
const experts = [0, 1, -1].map(
  (sign, i): RatingPerson => ({
    name: `expert-${i}`,
    panel: "expert",
    seconds: 300 + i,
    says: (post) => worth(post) + sign * spread(post)
  })
)
/** Four of the crowd, of one mind: what is good is best. */
const crowd = [0, 1, 2, 3].map(
  (i): RatingPerson => ({
    name: `crowd-${i}`,
    panel: "crowd",
    seconds: 310 + i,
    says: (post) => (worth(post) === 4 ? 5 : worth(post))
  })
)
/** An expert who gave every text the highest grade in a minute. */
const hasty: RatingPerson = { name: "hasty", panel: "expert", seconds: 60, says: () => 5 }

const judged = Effect.fn(function* (
  people: readonly RatingPerson[],
  study: Pick<RunManifest, "quality" | "agreement"> = {},
  joint: readonly boolean[] = [false]
) {
  const runs = yield* Runs
  const plan = yield* begin(world)
  yield* generate(plan, patience)
  for (const settings of joint) {
    const judge = yield* judgeOf({
      generate: ({ messages }) => {
        const said = /--- response [0-9a-f]+ ---\n(\d)/.exec(messages.at(-1)!.content)![1]
        return `{"rationale": "", "score": ${said}}`
      },
      settings: { joint: settings }
    })
    yield* judgeRun(
      { ...runOfPlan(plan), judges: [judge], epochs: 1, allowSelf: false, familyOf: familyFinder([]) },
      yield* makeCaller([judge.source], {}, 0, patience)
    )
  }
  yield* importPeople(plan.runId, plan.instruments[0]!, people)
  const manifest = { ...(yield* decodeManifest((yield* runs.named(plan.runId)).manifest)), ...study }
  yield* runs.setManifest(plan.runId, encodeManifest(manifest))
  return manifest
})

const reportOf = Effect.fn(function* (manifest: RunManifest) {
  const thresholds = manifest.agreement ?? defaultAgreement
  const dimensions = yield* agreementReport(manifest, thresholds)
  const excluded = yield* leftOut(manifest)
  const [dimension] = dimensions
  const against = (panel: string, kind = "judge") =>
    dimension!.raters.find((entry) => entry.panel === panel && entry.kind === kind)!
  return {
    dimension: dimension!,
    against,
    excluded,
    text: runAgreementText(manifest.run, dimensions, thresholds, excluded, [], 80)
  }
})

const get = <A>(result: Estimable<A>): A => {
  assert.isTrue(result.ok, result.ok ? "" : result.reason)
  return (result as { readonly value: A }).value
}
const is = (result: Estimable<{ readonly estimate: number }>, expected: number) =>
  assert.approximately(get(result).estimate, expected, 1e-9)

const test = (name: string, body: () => Effect.Effect<void, unknown, unknown>) =>
  it.effect(name, () => (body() as Effect.Effect<void>).pipe(Effect.scoped, Effect.provide(layerOf(world))))

describe("a judge's agreement", () => {
  test("with experts is what was planted: the bias of each source and length, and kappa", () =>
    Effect.gen(function* () {
      const { against } = yield* reportOf(yield* judged([...experts, ...crowd]))
      const { overall, bySource, byLength } = get(against("expert").result)
      assert.strictEqual(overall.texts, 2 * posts)
      assert.strictEqual(overall.ratings, 3 * 2 * posts)
      is(overall.bias, 0.5)
      // By hand. Worth w is 2, 3, 4 (mean 3, variance 2/3); the judge says w or w + 1 (mean 3.5, variance 2/3 + 1/4).
      // Mean square difference 1/2; by chance 2/3 + 11/12 + 1/4 = 11/6. Kappa 1 − (1/2) / (11/6) = 8/11.
      is(overall.kappa, 8 / 11)
      assert.deepStrictEqual(
        bySource.map(({ name, texts }) => [name, texts]),
        [
          ["a", posts],
          ["b", posts]
        ]
      )
      is(bySource[0]!.bias, 0)
      is(bySource[1]!.bias, 1)
      assert.deepStrictEqual(
        byLength.map(({ name, texts }) => [name, texts]),
        [
          ["short, to 20 words", posts],
          ["middle, to 60 words", posts]
        ]
      )
      is(byLength[0]!.bias, 0)
      is(byLength[1]!.bias, 1)
    }))

  test("with the crowd is another, and neither is that with both", () =>
    Effect.gen(function* () {
      const { against, dimension } = yield* reportOf(yield* judged([...experts, ...crowd]))
      assert.deepStrictEqual(
        dimension.panels.map(({ panel, people }) => [panel, people]),
        [
          ["expert", 3],
          ["crowd", 4]
        ]
      )
      const { overall, bySource } = get(against("crowd").result)
      // By hand. The crowd says 2, 3, 5 (mean 10/3, variance 14/9). Of a the differences are 0, 0, −1, of b 1, 1, 0:
      // mean square 1/2; by chance 14/9 + 11/12 + (3.5 − 10/3)² = 5/2. Kappa 1 − (1/2) / (5/2) = 4/5.
      is(overall.kappa, 4 / 5)
      is(overall.bias, 1 / 6)
      is(bySource[0]!.bias, -1 / 3)
      is(bySource[1]!.bias, 2 / 3)
      assert.strictEqual(overall.ratings, 4 * 2 * posts)
    }))

  test("has the people's own beside it: the ceiling of each panel, and the crowd against the experts", () =>
    Effect.gen(function* () {
      const { dimension, against, text } = yield* reportOf(yield* judged([...experts, ...crowd]))
      const [expert, ofCrowd] = dimension.panels
      assert.deepStrictEqual([expert!.among.shared, expert!.among.ratings], [2 * posts, 6 * posts])
      // By hand. On half of the texts the experts say w − 1, w, w + 1 (mean square difference of a pair 2), on half
      // they agree: observed 1. Of all 288 ratings the variance is 2/3 + 1/3 = 1, over n − 1: expected 2 · 288/287.
      is(expert!.among.alpha, 1 - 287 / 576)
      // One expert against the median of the other two, per six ratings: the middle one 0; the outer two 3/2 on half of
      // the texts, so 2/3 · 9/8 = 3/4; the others' median is w or w ± 1/2, variance 2/3 + 1/12; by chance 1 + 3/4.
      is(expert!.among.kappa, 1 - 0.75 / 1.75)
      // Four of one mind: the coefficient is at its end and has no interval.
      assert.isFalse(ofCrowd!.among.kappa.ok)
      const mean = get(against("expert", "human").result).overall
      is(mean.bias, 1 / 3)
      assert.match(text, /one of 3 \(expert\) +the others +96 +0\.57 \[/)
      for (const line of text.split("\n")) assert.isAtMost(line.length, 80, line)
      assert.match(text, /judge\/m \(judge\) +expert +96 +0\.73 \[/)
      assert.match(text, /judge\/m \(judge\) +crowd +96 +0\.80 \[/)
      assert.match(text, /the crowd's mean +expert +96 /)
      assert.notMatch(text, /Data quality/)
    }))

  test("is told apart by version where one name was asked in two ways", () =>
    Effect.gen(function* () {
      const { dimension, text } = yield* reportOf(yield* judged(experts, {}, [false, true]))
      const judges = dimension.raters.filter(({ kind }) => kind === "judge")
      assert.strictEqual(new Set(judges.map(({ rater }) => rater)).size, 1)
      assert.strictEqual(judges.length, 2)
      for (const { rater, version, label } of judges) {
        assert.strictEqual(label, `${rater} @${version.slice(0, 8)}`)
        assert.include(text, `${label} (judge) against expert`)
      }
    }))

  test("leaves out what data quality excludes, and says so", () =>
    Effect.gen(function* () {
      const all = [...experts, hasty, ...crowd]
      const quality = { "too-fast": defaults["too-fast"] }
      const kept = yield* reportOf(yield* judged(all, { quality }))
      is(get(kept.against("expert").result).overall.kappa, 8 / 11)
      assert.strictEqual(kept.dimension.panels[0]!.people, 3)
      assert.deepStrictEqual(kept.excluded, { ratings: 2 * posts, people: 1 })
      assert.match(kept.text, /Data quality: 96 ratings by 1 person are left out of all this/)
    }))

  test("counts everybody where no rule is on", () =>
    Effect.gen(function* () {
      const { against, dimension, excluded } = yield* reportOf(yield* judged([...experts, hasty, ...crowd]))
      assert.strictEqual(dimension.panels[0]!.people, 4)
      assert.deepStrictEqual(excluded, { ratings: 0, people: 0 })
      const { kappa } = get(against("expert").result).overall
      assert.isAbove(Math.abs(get(kappa).estimate - 8 / 11), 0.05)
    }))
})

describe("the verdict on a judge", () => {
  const verdicts: readonly (readonly [string, AgreementThresholds | undefined, RegExp | undefined])[] = [
    // The judge is half a point too kind to experts' eyes: more than a tenth of the scale, less than a fifth.
    [
      "ranks-but-biased",
      undefined,
      /^against experts, the judge judge\/m ranks but is biased.* on warm: it is 0\.50 points too kind, more than 0\.40$/
    ],
    ["usable", { ...defaultAgreement, bias: 0.2 }, undefined],
    [
      "not-usable",
      { ...defaultAgreement, spearman: 0.99 },
      /^against experts, the judge judge\/m is not usable.* on warm: Spearman 0\.\d\d is below 0\.99$/
    ]
  ]
  for (const [standing, agreement, note] of verdicts) {
    test(`is ${standing} by the study's thresholds, in the report and under the leaderboard's table`, () =>
      Effect.gen(function* () {
        const manifest = yield* judged(experts, agreement === undefined ? {} : { agreement })
        const { against, text } = yield* reportOf(manifest)
        assert.strictEqual(against("expert").verdict.standing, standing)
        const said = {
          usable: "USABLE",
          "ranks-but-biased": "RANKS BUT IS BIASED",
          "not-usable": "NOT USABLE"
        }
        assert.include(text, `judge/m (judge) against expert: ${said[standing as keyof typeof said]}`)
        const { tables } = yield* build(manifest.run)
        const notes = tables.find(({ raterKind }) => raterKind === "judge")!.notes
        const found = notes.filter((line) => line.includes("against experts"))
        assert.strictEqual(found.length, note === undefined ? 0 : 1, notes.join("\n"))
        if (note !== undefined) assert.match(found[0]!, note)
        const human = tables.find(({ raterKind }) => raterKind === "human")!
        assert.notInclude(human.notes.join("\n"), "judge/m")
      }))
  }
})
