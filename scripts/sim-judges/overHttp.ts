/**
 * The same question over sockets: the fake provider, in a process of its own, plays the judge; the plugin for
 * OpenAI-compatible servers asks it, the store keeps what it says, and `agreement` and the audit's own scoring read it.
 * A study is 40 posts × 3 sources, rated by 3 people and the judge; an audit is the injection check and the frozen
 * texts, asked three times.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { ConfigProvider, Duration, Effect, Layer } from "effect"
import { readAuditSet } from "../../harness/judge/audit/AuditSet.ts"
import { scoreTexts } from "../../harness/judge/audit/scoreTexts.ts"
import { frozenTexts } from "../../harness/judge/audit/variants.ts"
import { familyFinder } from "../../harness/judge/Families.ts"
import { makeJudge } from "../../harness/judge/Judge.ts"
import { runOfPlan } from "../../harness/judge/JudgingPlan.ts"
import { judgeRun } from "../../harness/judge/judgeRun.ts"
import { agreementReport } from "../../harness/leaderboard/agreementReport.ts"
import { auditLines, auditTexts } from "../../harness/leaderboard/auditReport.ts"
import { Plugins } from "../../harness/model/Plugins.ts"
import { makeCaller } from "../../harness/run/Caller.ts"
import { decodeManifest } from "../../harness/run/Manifest.ts"
import { openJudgeModel } from "../../harness/run/openRater.ts"
import { type CheckOutcome, repeatability } from "../../harness/stats/paired/AuditShift.ts"
import * as Random from "../../harness/stats/Random.ts"
import { Runs } from "../../harness/store/Runs.ts"
import { defaultAgreement } from "../../harness/study/Study.ts"
import { shipped } from "../../plugins/index.ts"
import { settingsOf } from "../../tests/judge/judges.ts"
import { importPeople } from "../../tests/leaderboard/importPeople.ts"
import { begin, generate, layerOf, patience, type World } from "../../tests/run/study.ts"
import { ofStudy, type Planted, type Results, whole } from "./played.ts"

/** The parameters of the fake that play a planted judge; its error's two parts are drawn by its seed. */
const character = ({ bias, noise, wobble, gullible }: Planted, seed: number) => {
  const all = Math.hypot(noise, wobble)
  return { seed, reads: true, bias, noise: all, repeatability: (noise / all) ** 2, gullible }
}

/** Starts the provider with a judge for each seed, `judge-1` and so on. */
const startJudges = (planted: Planted, seeds: number) =>
  new Promise<{ readonly url: string; readonly child: ChildProcess }>((resolve, reject) => {
    const main = fileURLToPath(new URL("../../tests/provider/main.ts", import.meta.url))
    const judges = Array.from({ length: seeds }, (_, i) => [
      "--judge",
      `judge-${i + 1}=${JSON.stringify(character(planted, i + 1))}`
    ])
    const child = spawn(process.execPath, [main, "--with-parent", ...judges.flat()], {
      stdio: ["pipe", "pipe", "inherit"]
    })
    child.once("error", reject)
    child.stdout.once("data", (line) => resolve({ url: String(line).trim(), child }))
  })

const posts = 40

/** Texts that say what they are worth, which the fake reads; the same draws as the study played in process. */
const drawn = (seed: number) => {
  const random = Random.make(seed)
  const worths = Array.from({ length: posts }, () => {
    const post = 0.4 * random.normal()
    return [0, 1, 2].map((s) => 3 + 0.3 * (s - 1) + post + 0.6 * random.normal())
  })
  const worth = (post: number, source: string) => worths[post]![Number(source.slice(1))]!
  const world: World = {
    posts: worths.map((_, p) => `post-${p}`),
    sources: [0, 1, 2].map((s) => ({
      name: `s${s}`,
      generate: ({ about }) => `I hear you. [[q=${worth(Number(about.post.slice(5)), `s${s}`)}]]`
    }))
  }
  const people = [0, 1, 2].map((k) => ({
    name: `person-${k}`,
    panel: "crowd" as const,
    seconds: 300,
    says: (post: number, source: string) => whole(worth(post, source) + 0.6 * random.normal())
  }))
  return { world, people }
}

/** What one seed's study and audit say. */
const one = (url: string, seed: number) => {
  const { world, people } = drawn(3000 + seed)
  return Effect.gen(function* () {
    const at = { folder: ".", prices: undefined, strict: false }
    const source = yield* openJudgeModel(at, `openai-compatible/judge-${seed}`).pipe(
      Effect.provide(
        Layer.merge(
          Plugins.layer(shipped),
          ConfigProvider.layer(ConfigProvider.fromUnknown({ OPENAI_COMPATIBLE_BASE_URL: `${url}/openai/v1` }))
        )
      )
    )
    const judge = makeJudge(source, yield* settingsOf({ logprobs: false }), undefined)
    const caller = yield* makeCaller([source], {}, 0, {
      ...patience,
      timeout: Duration.seconds(30),
      maxConnections: 32
    })
    const plan = yield* begin(world)
    yield* generate(plan, patience)
    yield* judgeRun(
      { ...runOfPlan(plan), judges: [judge], epochs: 1, allowSelf: true, familyOf: familyFinder([]) },
      caller
    )
    const instrument = plan.instruments[0]!
    yield* importPeople(plan.runId, instrument, people)
    const manifest = yield* decodeManifest((yield* (yield* Runs).named(plan.runId)).manifest)
    const [dimension] = yield* agreementReport(manifest, defaultAgreement)
    const agreed = dimension!.raters.find(({ kind }) => kind === "judge")!.result

    const set = yield* readAuditSet()
    const all = auditTexts(set)
    const injection = all.pairs.filter(({ check }) => check.name === "injection")
    const needed = new Set(injection.flatMap(({ pairs }) => pairs.flat()))
    const place = new Map([...needed].map((index, i) => [index, i]))
    const state = { stage: "audit", total: 0, resumed: 0, done: 0, failed: 0, cost: 0 }
    const who = { kind: "judge" as const, judge, caller, state }
    const texts = [...needed].map((index) => all.texts[index]!)
    const scored = yield* scoreTexts(who, instrument, texts, 1, seed)
    const again = yield* scoreTexts(who, instrument, frozenTexts(set), 3, seed)
    const scores = all.texts.map((_, index) => {
      const i = place.get(index)
      return i === undefined ? [] : scored.measures.get("aggregate")![i]!
    })
    const margins = { margin: 0.3, least: 0.5 }
    const [line] = auditLines({ texts: all.texts, pairs: injection }, scores, "aggregate", margins)
    const repeats = repeatability(again.measures.get("aggregate")!)
    const { shift, outcome } = line!
    const results: Results = {
      ...(agreed.ok ? ofStudy(agreed.value) : {}),
      gullible: shift.ok ? { ok: true, value: { ...shift.value, estimate: shift.value.mean } } : shift,
      wobble: repeats.ok ? repeats.value.spread : repeats
    }
    return { results, outcome }
  }).pipe(Effect.scoped, Effect.provide(layerOf(world)))
}

/**
 * Shift and spread of the whole numbers that this judge gives: a dismissive text is worth 1 and a warm one 4, and
 * rounding and the scale's ends do the rest. By simulation, so often that its error does not count.
 */
export const auditTruth = ({ bias, noise, wobble, gullible }: Planted) => {
  const random = Random.make(17)
  const draws = 400_000
  let [cold, within] = [0, 0]
  for (let i = 0; i < draws; i++) {
    cold += whole(1 + bias + Math.hypot(noise, wobble) * random.normal())
    const text = 4 + bias + noise * random.normal()
    within += (whole(text + wobble * random.normal()) - whole(text + wobble * random.normal())) ** 2 / 2
  }
  return { gullible: gullible * (5 - cold / draws), wobble: Math.sqrt(within / draws) }
}

/** Results of every seed, and how often the injection check ended how. */
export const overHttp = async (planted: Planted, seeds: number) => {
  const { url, child } = await startJudges(planted, seeds)
  try {
    const results: Results[] = []
    const outcomes: Partial<Record<CheckOutcome, number>> = {}
    for (let seed = 1; seed <= seeds; seed++) {
      const found = await Effect.runPromise(one(url, seed))
      results.push(found.results)
      outcomes[found.outcome] = (outcomes[found.outcome] ?? 0) + 1
    }
    return { results, outcomes }
  } finally {
    child.kill()
  }
}
