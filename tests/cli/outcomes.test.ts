/** What providers answer in vain and what models cannot do, by the real command and every SDK, as a reader finds it. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Outcome } from "../../harness/study/Response.ts"
import type { Fault } from "../provider/faults.ts"
import { scopedProvider } from "../provider/Provider.ts"
import type { Provider } from "../provider/server.ts"
import type { Wire } from "../provider/Wire.ts"
import { emptyFolder, start } from "./warmline.ts"

const env = {
  OPENAI_API_KEY: "key",
  OPENAI_COMPATIBLE_API_KEY: "key",
  ANTHROPIC_API_KEY: "key",
  MISTRAL_API_KEY: "key"
}

const faults = ["refusal", "length", "content-filter", "empty"] as const satisfies readonly Fault[]

type Ended = { readonly [F in (typeof faults)[number]]: Outcome }

const distinct: Ended = {
  refusal: "refusal",
  length: "truncated",
  "content-filter": "content_filter",
  empty: "empty"
}
// Its format has one word for both.
const oneWord: Ended = { ...distinct, "content-filter": "refusal" }
// These formats have a word for neither, so that such an answer is a text like any other.
const noWord: Ended = { ...distinct, refusal: "ok", "content-filter": "ok" }

interface Asked {
  readonly model: string
  readonly wire: Wire["name"]
  readonly ended: Ended
  /** Of a seed, temperature 0.7, top-p 0.9 and 200 tokens. */
  readonly ignored: readonly string[]
}

const sampling = ["seed", "temperature 0.7", "topP 0.9"]
const asked: { readonly [id: string]: Asked } = {
  chat: { model: "openai/gpt-4.1-mini", wire: "openai", ended: distinct, ignored: [] },
  reasoning: { model: "openai/gpt-5-mini", wire: "openai", ended: distinct, ignored: sampling },
  server: { model: "openai-compatible/qwen", wire: "openai", ended: distinct, ignored: [] },
  claude: { model: "anthropic/claude-haiku-4-5", wire: "anthropic", ended: oneWord, ignored: ["seed"] },
  opus: { model: "anthropic/claude-opus-4-8", wire: "anthropic", ended: oneWord, ignored: sampling },
  mistral: { model: "mistral/mistral-small-2506", wire: "mistral", ended: noWord, ignored: [] },
  ollama: { model: "ollama/llama3.2", wire: "ollama", ended: noWord, ignored: [] }
}

const suites = ["parenting", "relationships", "workplace", "anger", "anxiety"]

const study = (providers: Readonly<Record<string, Provider>>) =>
  JSON.stringify({
    name: "outcomes",
    title: "Outcomes",
    seed: 3,
    suites,
    conditions: ["bare"],
    parameters: { temperature: 0.7, topP: 0.9, maxTokens: 200 },
    sources: Object.entries(asked).map(([id, { model, wire }]) => ({
      id,
      model,
      config: { baseUrl: providers[id]!.baseUrl(wire) }
    })),
    raters: ["lexical"],
    instruments: ["perceived-empathy"]
  })

/** A provider for each source, so that each counts its own faults. */
const providersWith = (rate: number) =>
  Effect.all(
    Object.fromEntries(
      Object.keys(asked).map((id, index) => [
        id,
        scopedProvider({
          faults: Object.fromEntries(faults.map((fault) => [fault, rate])),
          seed: 5 + index,
          remember: 50
        })
      ])
    )
  )

interface Written {
  readonly outcomes: readonly { readonly source: string; readonly outcome: Outcome; readonly n: number }[]
  readonly manifest: {
    readonly sources: readonly { readonly id: string; readonly ignored: readonly string[] }[]
  }
}

describe("warmline run", () => {
  it.live("counts how each source's answers ended, and says of each what was asked in vain", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const providers = yield* providersWith(0.2)
      writeFileSync(join(folder, "study.yaml"), study(providers))
      const args = ["run", "study.yaml", "--limit", "4", "--display", "none", "-o", "out"]
      const { code, stdout, stderr } = yield* start(folder, args, undefined, env)
      assert.strictEqual(code, 0, stderr)
      const written = JSON.parse(readFileSync(join(folder, "out/leaderboard.json"), "utf8")) as Written
      const page = readFileSync(join(folder, "out/leaderboard.html"), "utf8")
      const database = new DatabaseSync(join(folder, ".warmline/store.db"), { readOnly: true })
      yield* Effect.addFinalizer(() => Effect.sync(() => database.close()))

      for (const [id, { ended, ignored }] of Object.entries(asked)) {
        const { counters, requests } = providers[id]!
        // None of these is tried again.
        assert.strictEqual(counters.requests, 20, id)
        const expected: Partial<Record<Outcome, number>> = { ok: 20 }
        for (const fault of faults) {
          const n = counters.byFault[fault] ?? 0
          assert.isAbove(n, 0, `${id} never met ${fault}`)
          expected.ok! -= n
          expected[ended[fault]] = (expected[ended[fault]] ?? 0) + n
        }
        const counted = written.outcomes.filter(({ source }) => source === id)
        assert.deepStrictEqual(
          Object.fromEntries(counted.map(({ outcome, n }) => [outcome, n])),
          expected,
          id
        )
        assert.match(stdout, new RegExp(`${id} \\(bare\\): ${expected.truncated} truncated`))

        assert.deepStrictEqual(written.manifest.sources.find((source) => source.id === id)?.ignored, ignored)
        const rows = database
          .prepare("SELECT c.detail FROM response r JOIN call c ON c.id = r.call_id WHERE r.source = ?")
          .all(id)
          .map(({ detail }) => (JSON.parse(String(detail)) as { ignored?: string[] }).ignored ?? [])
        assert.deepStrictEqual(
          rows,
          Array.from({ length: 20 }, () => [...ignored]),
          id
        )
        // What is said to be ignored was not sent, and the rest was.
        for (const { body } of requests) {
          const sent = JSON.stringify(body)
          assert.strictEqual(/"(?:seed|random_seed)":/.test(sent), !ignored.includes("seed"), sent)
          assert.strictEqual(/"temperature":0\.7/.test(sent), !ignored.includes("temperature 0.7"), sent)
        }
      }
      assert.include(page, "<td>seed, temperature 0.7, topP 0.9</td>")
    }).pipe(Effect.scoped)
  )

  it.live("asks nobody under --strict, and says who cannot do what", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const providers = yield* providersWith(0)
      for (const id of ["claude", "reasoning"]) {
        const all = JSON.parse(study(providers)) as { sources: { id: string }[] }
        const sources = all.sources.filter((source) => source.id === id || source.id === "chat")
        writeFileSync(join(folder, "study.yaml"), JSON.stringify({ ...all, sources }))
        const { code, stderr } = yield* start(
          folder,
          ["run", "study.yaml", "--limit", "1", "--strict", "--display", "none"],
          undefined,
          env
        )
        assert.strictEqual(code, 2, stderr)
        const named = asked[id]!.ignored.join(", ")
        assert.include(stderr, `cannot do what the study asks: ${named};`)
        for (const { counters } of Object.values(providers)) assert.strictEqual(counters.requests, 0)
      }
    }).pipe(Effect.scoped)
  )
})
