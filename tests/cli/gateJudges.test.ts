/** A gate by a judge through the real command: the judge may drift, the candidate may not. */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { GateResult } from "../../harness/gate/GateResult.ts"
import { judgedGate } from "./judgedGate.ts"

let at: Awaited<ReturnType<typeof judgedGate>>

// The judge is 0.8 points harsher when the candidates are judged than when the baseline was saved.
beforeAll(async () => {
  at = await judgedGate()
  at.become({ bias: -0.8 })
  await at.runCandidates("after.db")
})

afterAll(() => at.close())

const resultOf = (stdout: string) => Schema.decodeUnknownSync(GateResult)(JSON.parse(stdout))

describe("warmline gate by a judge", () => {
  it.live("does not take a drifted judge for a changed model, names the drift, and asks once", () =>
    Effect.gen(function* () {
      const before = at.provider.counters.requests
      const dry = yield* at.gate("after.db", ["--source", "mine/reworded", "--dry-run"])
      assert.strictEqual(dry.code, 0, dry.stderr)
      assert.match(
        dry.stdout,
        /^Gate of mine\/reworded in run judged-\w{8} against mine\/as-it-was in base\.json: the baseline's 24 texts would be rated again\n {2}judge {3}openai\/gpt-4\.1: 24 texts in 24 calls, .* about \$0\.\d\d/
      )
      assert.strictEqual(at.provider.counters.requests, before)

      const first = yield* at.gate("after.db", ["--source", "mine/reworded", "--json"])
      assert.strictEqual(first.code, 0, first.stderr)
      assert.strictEqual(at.provider.counters.requests, before + 24)
      const result = resultOf(first.stdout)
      assert.strictEqual(result.raterKind, "judge")
      assert.deepStrictEqual(result.raters, ["openai/gpt-4.1"])
      assert.strictEqual(result.judging?.calls, 24)
      const [drift] = result.drift
      assert.strictEqual(drift!.rater, "openai/gpt-4.1")
      assert.isBelow(drift!.lower, -0.8)
      assert.isAbove(drift!.upper, -0.8)
      assert.isBelow(drift!.upper, -0.5)
      // Against the scores that the baseline was saved with, the same candidate would be below the margin.
      const { candidate, baseline } = result.criteria[0]!
      assert.isBelow(candidate! - (baseline! - drift!.estimate), -0.5)

      const second = yield* at.gate("after.db", ["--source", "mine/reworded"])
      assert.strictEqual(second.code, 0, second.stderr)
      assert.strictEqual(at.provider.counters.requests, before + 24)
      assert.match(second.stdout, /^PASS: mine\/reworded against mine\/as-it-was keeps to the bound/)
      assert.match(
        second.stdout,
        /\nopenai\/gpt-4\.1 scores the baseline's own texts differently now than when it was saved: −0\.\d\d on perceived-empathy/
      )
      assert.match(second.stdout, /\n0 calls were made to judge the baseline's texts again \(\$0\.\d{4}/)
      const free = yield* at.gate("after.db", ["--source", "mine/reworded", "--dry-run", "--json"])
      assert.strictEqual(JSON.parse(free.stdout).judges[0].calls, 0)
    })
  )

  it.live("fails a colder candidate with 100, and stays open with 101 where it cannot tell", () =>
    Effect.gen(function* () {
      const before = at.provider.counters.requests
      const cold = yield* at.gate("after.db", ["--source", "mine/cold"])
      assert.strictEqual(cold.code, 100, cold.stderr)
      assert.match(cold.stdout, /^FAIL: mine\/cold against mine\/as-it-was is worse on perceived-empathy/)
      const open = yield* at.gate("after.db", ["--source", "mine/colder", "--json"])
      assert.strictEqual(open.code, 101, open.stdout)
      const result = resultOf(open.stdout)
      assert.isAbove(result.more!.posts!, 0)
      // One judging of the baseline serves all candidates of a run.
      assert.isAtMost(at.provider.counters.requests - before, 24)
      assert.strictEqual(result.judging?.calls, 0)
    })
  )

  it.live("takes no verdict of another gate: a judge may have drifted since", () =>
    Effect.gen(function* () {
      // A run of its own in the same store; its answers and their verdicts are there already.
      const before = at.provider.counters.requests
      yield* Effect.promise(() => at.runCandidates("after.db", [], "alone.yaml"))
      assert.strictEqual(at.provider.counters.requests, before)
      const { code, stdout } = yield* at.gate("after.db", ["--source", "mine/reworded"])
      assert.strictEqual(code, 0, stdout)
      assert.match(stdout, /\n24 calls were made to judge the baseline's texts again/)
    })
  )
})
