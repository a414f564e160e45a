/** What a gate by a judge does where verdicts, keys, money or the same judge are wanting. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { GateResult } from "../../harness/gate/GateResult.ts"
import { judgedGate } from "./judgedGate.ts"

let at: Awaited<ReturnType<typeof judgedGate>>

beforeAll(async () => {
  at = await judgedGate()
  await at.runCandidates("after.db")
})

afterAll(() => at.close())

const source = ["--source", "mine/reworded"]
const gateOf = (store: string, args: readonly string[], env: Record<string, string> = {}) =>
  at.gate(store, [...source, ...args], env)
const resultOf = (stdout: string) => Schema.decodeUnknownSync(GateResult)(JSON.parse(stdout))

describe("warmline gate by a judge", () => {
  it.live("says before any call which key is missing, and refuses another judge by what differs", () =>
    Effect.gen(function* () {
      const before = at.provider.counters.requests
      const keyless = yield* gateOf("after.db", [], { OPENAI_API_KEY: "" })
      assert.strictEqual(keyless.code, 2, keyless.stderr)
      assert.match(
        keyless.stderr,
        /^warmline: openai: no key: the environment variable OPENAI_API_KEY is not set/
      )
      const moved = yield* gateOf("after.db", [], {
        OPENAI_BASE_URL: `${at.provider.baseUrl("openai")}/else`
      })
      assert.strictEqual(moved.code, 2, moved.stderr)
      assert.match(
        moved.stderr,
        /judge openai\/gpt-4\.1: it has changed since the run .*the address it is asked at/
      )
      const absent = yield* gateOf("after.db", ["--rater", "openai/gpt-4.2"])
      assert.match(absent.stderr, /--rater openai\/gpt-4\.2: .*did you mean openai\/gpt-4\.1\?/)
      assert.strictEqual(at.provider.counters.requests, before)

      const prompt =
        "# System\n\nJudge.\n\n# User\n\n{{marker}}\n{{post}}\n{{response}}\n{{questions}}\n{{answer}}\n\n# Again\n\nIt could not be read.\n"
      writeFileSync(join(at.folder, "curt.md"), prompt)
      yield* Effect.promise(() => at.runCandidates("other.db", ["--judge-prompt", "curt.md"]))
      const other = yield* gateOf("other.db", [])
      assert.strictEqual(other.code, 2)
      assert.match(
        other.stderr,
        /^warmline: base\.json: it was measured otherwise than run judged-\w{8}: judge openai\/gpt-4\.1 is another one \(prompt rubric \w{8} in the baseline, curt \w{8} in the run\)/
      )
    })
  )

  it.live("holds to its cost limit, and goes on with a higher one where it was", () =>
    Effect.gen(function* () {
      const before = at.provider.counters.requests
      const poor = yield* gateOf("after.db", ["--cost-limit", "0.02", "--json"])
      assert.strictEqual(poor.code, 1, poor.stderr)
      const asked = at.provider.counters.requests - before
      assert.isAbove(asked, 0)
      assert.isBelow(asked, 24)
      const { paired, notes, missing } = resultOf(poor.stdout)
      assert.strictEqual(paired, asked)
      assert.match(notes.join("\n"), /the cost limit held back \d+ verdicts on the baseline's texts/)
      assert.match(missing[0]!.reason, /with a baseline text not scored by openai\/gpt-4\.1/)
      const richer = yield* gateOf("after.db", ["--cost-limit", "1"])
      assert.strictEqual(richer.code, 0, richer.stderr)
      assert.strictEqual(at.provider.counters.requests - before, 24)
    })
  )

  it.live("drops pairs that a judge leaves unscored, counts them, and stays open for too many", () =>
    Effect.gen(function* () {
      at.copyStore("after.db", "mute.db")
      at.become({ mute: 0.3 })
      const mute = yield* gateOf("mute.db", ["--json"])
      at.become({})
      assert.strictEqual(mute.code, 101, mute.stderr)
      const { criteria, posts, paired, missing, notes } = resultOf(mute.stdout)
      assert.strictEqual(posts, 24)
      assert.isBelow(paired, 22)
      assert.strictEqual(criteria[0]!.posts, paired)
      assert.deepStrictEqual(missing, [
        { reason: "with a baseline text not scored by openai/gpt-4.1", posts: 24 - paired }
      ])
      assert.match(notes[0]!, /what is there would pass, but \d+ of 24 posts are missing, more than 5 %/)
      const lenient = yield* gateOf("mute.db", ["--max-missing", "0.9"])
      assert.strictEqual(lenient.code, 0, lenient.stdout)
    })
  )

  it.live("gives no answer where the judge drifted after it had rated the candidate", () =>
    Effect.gen(function* () {
      at.copyStore("after.db", "old.db")
      const database = new DatabaseSync(join(at.folder, "old.db"))
      database.exec("UPDATE rating SET created_at = '2026-01-01T00:00:00.000Z'")
      database.close()
      at.become({ bias: -0.8 })
      const { code, stdout } = yield* gateOf("old.db", [])
      at.become({})
      assert.strictEqual(code, 101, stdout)
      assert.match(stdout, /^INCONCLUSIVE: the judge has drifted since it rated mine\/reworded/)
      assert.match(stdout, /hours before the baseline's texts were judged again, and the judge has drifted/)
    })
  )
})
