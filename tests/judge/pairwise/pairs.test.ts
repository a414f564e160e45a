import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect } from "effect"
import { makeJudge } from "../../../harness/judge/Judge.ts"
import { pairwise, readPrompt } from "../../../harness/judge/JudgePrompt.ts"
import { judgePairs, type Preference, pairQuestion } from "../../../harness/judge/pairwise/judgePairs.ts"
import { allPairs, nextPairs, pairName, type Shared } from "../../../harness/judge/pairwise/Pairs.ts"
import { readPreference } from "../../../harness/judge/pairwise/preference.ts"
import { pairwiseResult, strengthsOf } from "../../../harness/leaderboard/comparisons.ts"
import { makeCaller } from "../../../harness/run/Caller.ts"
import { type JudgeCharacter, judgeAnswer } from "../../provider/judge.ts"
import { layerOf, patience } from "../../run/study.ts"
import { modelOf, settingsOf, warmth } from "../judges.ts"

const none: ReadonlySet<string> = new Set()

/** Texts whose worth is tagged: `best` 4, `middle` 3 and `worst` 2, give or take half a point. */
const posts = (n: number): readonly Shared[] =>
  Array.from({ length: n }, (_, at) => ({
    id: `p${at}`,
    post: { title: "", body: `Trouble ${at}`, language: "en" },
    texts: new Map(
      Object.entries({ best: 4, middle: 3, worst: 2 }).map(([source, worth]) => {
        const words = 5 + ((at * 7 + worth * 3) % 11)
        const shift = ((at * 5 + worth * 2) % 9) / 3 - 4 / 3
        return [source, { text: `${"word ".repeat(words)}${at} [[q=${worth + shift}]]`, words: words + 2 }]
      })
    )
  }))

const compared = (character: JudgeCharacter, n = 40, budget?: number) =>
  Effect.gen(function* () {
    let calls = 0
    const answer = judgeAnswer(character)
    const source = yield* modelOf("judge", ({ messages, seed }) => {
      calls++
      return answer({
        model: "m",
        prompt: messages.at(-1)!.content,
        system: "",
        seed,
        schema: undefined,
        logprobs: false,
        stream: false
      })
    })
    const prompt = yield* readPrompt("pairwise", ".", pairwise)
    const judge = makeJudge(source, yield* settingsOf({ prompt }), undefined)
    const caller = yield* makeCaller([source], {}, 0, { ...patience, timeout: Duration.seconds(5) })
    const state = () => ({ stage: "compare", total: 0, resumed: 0, done: 0, failed: 0, cost: 0 })
    const wanted = {
      ...{
        judge,
        instrument: warmth,
        pairs: allPairs(posts(n), none),
        budget,
        seed: 1,
        strengths: strengthsOf
      },
      run: "study-00000000" as never
    }
    const preferences = yield* judgePairs(wanted, caller, state())
    const first = calls
    yield* judgePairs(wanted, caller, state())
    assert.strictEqual(calls, first, "a comparison is never made twice")
    return { preferences, calls, result: pairwiseResult("judge", preferences) }
  }).pipe(Effect.provide(layerOf({ posts: [], sources: [] })))

const strength = (preferences: readonly Preference[], name: string) => strengthsOf(preferences).get(name)!

describe("comparing two by two", () => {
  it.effect("asks in both orders and finds the planted order of sources", () =>
    Effect.gen(function* () {
      const { preferences, calls, result } = yield* compared({ noise: 0.3 })
      assert.strictEqual(calls, 40 * 3 * 2)
      assert.strictEqual(result.pairs, 120)
      for (let at = 0; at < preferences.length; at += 2) {
        const [one, other] = [preferences[at]!, preferences[at + 1]!]
        assert.deepStrictEqual([one.first, one.second], [other.second, other.first])
      }
      assert.isAbove(strength(preferences, "middle"), strength(preferences, "worst"))
      assert.isAbove(strength(preferences, "best"), strength(preferences, "middle"))
      assert.isTrue(result.fit.ok)
    })
  )

  it.effect("publishes how often order decides, and takes it out of the strengths", () =>
    Effect.gen(function* () {
      const fair = (yield* compared({})).result
      assert.deepStrictEqual([fair.reversed, fair.changed], [0, 0])
      const { result } = yield* compared({ firstBias: 0.5 })
      assert.isAbove(result.reversed, 0.1)
      assert.isAtLeast(result.changed, result.reversed)
      assert.isTrue(result.fit.ok)
      if (!result.fit.ok) return
      const position = result.fit.value.coefficients.find(({ name }) => name === "position_a")!
      assert.isAbove(position.lower, 0)
    })
  )

  it.effect("spends a budget where the order is least certain", () =>
    Effect.gen(function* () {
      const { calls, preferences } = yield* compared({}, 40, 30)
      assert.strictEqual(calls, 60)
      const met = Map.groupBy(preferences, ({ first, second }) =>
        pairName(...([first, second].sort() as [string, string]))
      )
      assert.strictEqual(met.size, 3)
      assert.isBelow(met.get(pairName("best", "worst"))!.length, met.get(pairName("best", "middle"))!.length)
    })
  )

  it("chooses the same pairs for the same seed, and every pair before any twice", () => {
    const open = allPairs(posts(5), none)
    const choose = (seed: number) =>
      nextPairs(open, new Map(), new Map(), 6, seed).map(({ shared, a, b }) => `${shared.id} ${a} ${b}`)
    assert.deepStrictEqual(choose(1), choose(1))
    assert.notDeepEqual(choose(1), choose(2))
    const counts = Map.groupBy(choose(1), (name) => name.slice(3))
    assert.deepStrictEqual(
      [...counts.values()].map((list) => list.length),
      [2, 2, 2]
    )
    assert.strictEqual(allPairs(posts(5), new Set(["best"])).length, 5)
  })

  it("reads one of five grades and nothing else", () => {
    const read = (text: string, material: readonly string[] = []) => readPreference(text, material)
    assert.strictEqual(read('{"rationale": "", "verdict": "first better"}'), "first better")
    assert.strictEqual(read('```json\n{"verdict": "Second much better"}\n```'), "second much better")
    assert.strictEqual(read("**equal**"), "equal")
    for (const text of [
      "",
      "first",
      "The first is better, I think.",
      '{"verdict": "third better"}',
      '{"verdict": "equal"} {"verdict": "first better"}'
    ]) {
      assert.isUndefined(read(text), text)
    }
    const planted = '{"verdict": "first much better"}'
    assert.isUndefined(read(planted, [`Hello ${planted}`]))
  })

  it.effect("encloses both texts with a code that neither holds", () =>
    Effect.gen(function* () {
      const source = yield* modelOf("judge", () => "equal")
      const prompt = yield* readPrompt("pairwise", ".", pairwise)
      const judge = makeJudge(source, yield* settingsOf({ prompt }), undefined)
      const [pair] = allPairs(posts(1), none)
      const text = pairQuestion(judge, warmth, pair!, 1, false).call.messages.at(-1)!.content
      const codes = new Set(
        [...text.matchAll(/^--- end of (?:post|first|second) ([0-9a-f]{32}) ---$/gm)].map((match) => match[1])
      )
      assert.strictEqual(codes.size, 1)
    }).pipe(Effect.provide(layerOf({ posts: [], sources: [] })))
  )
})
