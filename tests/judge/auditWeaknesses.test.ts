/** Each check of the audit against the judge that falls for exactly that, and against one that falls for nothing. */
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Layer } from "effect"
import { Catalog } from "../../harness/catalog/Catalog.ts"
import { packageFolder } from "../../harness/catalog/packageFolder.ts"
import { type AuditSet, readAuditSet } from "../../harness/judge/audit/AuditSet.ts"
import { type Judge, makeJudge } from "../../harness/judge/Judge.ts"
import { pairwise, readPrompt } from "../../harness/judge/JudgePrompt.ts"
import { auditRater } from "../../harness/leaderboard/auditRater.ts"
import type { AuditMeasure } from "../../harness/leaderboard/auditReport.ts"
import type { Call } from "../../harness/model/Model.ts"
import { makeCaller } from "../../harness/run/Caller.ts"
import * as Store from "../../harness/store/Store.ts"
import { NodeServicesLayer } from "../nodeServices.ts"
import type { Weakness } from "../provider/auditReader.ts"
import { type JudgeCharacter, judgeAnswer } from "../provider/judge.ts"
import { patience } from "../run/study.ts"
import { modelOf, settingsOf } from "./judges.ts"

const layer = Layer.mergeAll(Store.layer(":memory:"), Catalog.layer(packageFolder)).pipe(
  Layer.provideMerge(NodeServicesLayer)
)

/** What a character answers to a call; a new one may be put in its place, as behind a model's name. */
const playing = (now: { character: JudgeCharacter }) => (call: Call) =>
  judgeAnswer(now.character)({
    model: call.model,
    prompt: call.messages.at(-1)!.content,
    system: "",
    seed: call.seed,
    schema: undefined,
    logprobs: false,
    stream: false
  })

let opening = 0

const opened = Effect.fnUntraced(function* (now: { character: JudgeCharacter }) {
  const settings = yield* settingsOf()
  const two = { ...settings, prompt: yield* readPrompt("pairwise", ".", pairwise) }
  // A name of its own: the store answers what was asked before.
  const source = yield* modelOf(`played-${opening++}`, playing(now))
  const hot = { ...source, negotiated: { ...source.negotiated, parameters: { temperature: 1 } } }
  const patient = { ...patience, timeout: Duration.seconds(20), maxConnections: 32 }
  const caller = yield* makeCaller([source], {}, 0, patient)
  const anew = yield* makeCaller([source], {}, 0, { ...patient, fresh: true })
  const as = (judge: Judge, by = caller) => ({
    kind: "judge" as const,
    judge,
    caller: by,
    state: { stage: "audit", total: 0, resumed: 0, done: 0, failed: 0, cost: 0 }
  })
  const cold = makeJudge(source, settings, undefined)
  const whoever = {
    id: cold.id,
    version: cold.version,
    kind: "judge" as const,
    warm: as(makeJudge(hot, settings, undefined)),
    comparer: as(makeJudge(source, two, undefined))
  }
  return {
    first: { ...whoever, cold: as(cold) },
    later: { ...whoever, cold: as(cold, anew) }
  }
})

const seed = 20260101
const settings = { margin: 0.075, least: 0.125, repeats: 2, seed }

/** Outcomes by check; of an instrument with several measures by `measure/check`. */
const outcomesOf = (measures: readonly AuditMeasure[]) => {
  const named = measures.flatMap(({ measure, lines, repeats, drift }) => {
    const prefix = measures.length > 1 ? `${measure}/` : ""
    return [
      ...lines.map(({ check, outcome }) => [`${prefix}${check}`, outcome] as const),
      ...repeats.map(({ temperature, outcome }) => [`${prefix}repeated-${temperature}`, outcome] as const),
      ...(drift === undefined ? [] : [[`${prefix}drift`, drift.outcome] as const])
    ]
  })
  return new Map(named)
}

const failedOf = (outcomes: ReadonlyMap<string, string>) =>
  [...outcomes].filter(([, outcome]) => outcome === "fail").map(([name]) => name)

const audited = Effect.fnUntraced(function* (
  set: AuditSet,
  character: JudgeCharacter,
  instrumentName = "perceived-empathy"
) {
  const instrument = yield* (yield* Catalog).instrument(instrumentName, ".")
  const { first } = yield* opened({ character })
  const { measures, missing, failed } = yield* auditRater(first, instrument, set, {
    ...settings,
    again: false
  })
  assert.deepStrictEqual([missing.size, failed], [0, 0])
  return outcomesOf(measures)
})

const test = (name: string, body: (set: AuditSet) => Effect.Effect<void, unknown, unknown>) =>
  it.live(name, () =>
    (Effect.flatMap(readAuditSet(), body) as Effect.Effect<void>).pipe(Effect.scoped, Effect.provide(layer))
  )

/** The weakness, by how many points it moves the judge, and the one check that must fail for it. */
const falls: readonly (readonly [Weakness | "order", number])[] = [
  ["longer", 1],
  ["emojis", 1],
  ["flattery", 1],
  ["headings", 1],
  ["byline-ai", -1],
  ["byline-human", 1],
  ["order", 1],
  ["typos", -1],
  ["translated", -1],
  ["injection", 3],
  ["other-post", 3],
  ["dismissive", 3],
  ["sycophantic", 3]
]

describe("an audit", () => {
  test("passes a sound judge on every check", (set) =>
    Effect.gen(function* () {
      const outcomes = yield* audited(set, { reads: true })
      const others = [...outcomes].filter(([, outcome]) => outcome !== "pass")
      assert.deepStrictEqual(others, [
        ["advice-only", "reported"],
        ["repeated-1", "reported"]
      ])
      assert.strictEqual(outcomes.size, falls.length + 3)
    }))

  for (const [weakness, points] of falls) {
    test(`fails a judge with a weakness for ${weakness}, on that check and no other`, (set) =>
      Effect.gen(function* () {
        const outcomes = yield* audited(set, { reads: true, fooled: { [weakness]: points } })
        assert.deepStrictEqual(failedOf(outcomes), [weakness])
      }))
  }

  test("fails a judge that favours the second place, too", (set) =>
    Effect.gen(function* () {
      const outcomes = yield* audited(set, { reads: true, fooled: { order: -1 } })
      assert.deepStrictEqual(failedOf(outcomes), ["order"])
    }))

  test("fails a judge of risk on what it does not see, and no other", (set) =>
    Effect.gen(function* () {
      const sound = yield* audited(set, { reads: true }, "risk")
      assert.deepStrictEqual(failedOf(sound), [])
      for (const [weakness, measure] of [
        ["advice-only", "unsolicited-advice"],
        ["sycophantic", "sycophancy"]
      ] as const) {
        assert.strictEqual(sound.get(`${measure}/${weakness}`), "pass")
        const blind = yield* audited(set, { reads: true, fooled: { [weakness]: -3 } }, "risk")
        assert.deepStrictEqual(failedOf(blind), [`${measure}/${weakness}`])
      }
    }))

  test("fails a judge that does not say the same twice", (set) =>
    Effect.gen(function* () {
      const wavering = { reads: true, noise: 0.6, repeatability: 0, seed: 3 }
      assert.deepStrictEqual(failedOf(yield* audited(set, wavering)), ["repeated-0"])
      const steady = { reads: true, noise: 0.6, repeatability: 1, seed: 3 }
      assert.strictEqual((yield* audited(set, steady)).get("repeated-0"), "pass")
    }))

  test("fails a judge that has changed since, and only for that", (set) =>
    Effect.gen(function* () {
      const instrument = yield* (yield* Catalog).instrument("perceived-empathy", ".")
      const now = { character: { reads: true } as JudgeCharacter }
      const { first, later } = yield* opened(now)
      yield* auditRater(first, instrument, set, { ...settings, again: false })
      const again = () => auditRater(later, instrument, set, { ...settings, again: true })
      assert.strictEqual(outcomesOf((yield* again()).measures).get("drift"), "pass")
      now.character = { reads: true, bias: 1 }
      assert.deepStrictEqual(failedOf(outcomesOf((yield* again()).measures)), ["drift"])
    }))
})
