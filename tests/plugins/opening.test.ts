/** What is said before any call: keys, addresses, models that are not there. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Json } from "../../harness/study/Hash.ts"
import { hostUrl } from "../../plugins/ollama/client.ts"
import ollama from "../../plugins/ollama/index.ts"
import { scopedProvider } from "../provider/Provider.ts"
import { call, environment, keys, plantedKey, type SubjectName, subjectNames, subjects } from "./subjects.ts"

/** Opens with a config and variables; the error's text, or the model. */
const open = (
  name: SubjectName,
  config: { readonly [key: string]: Json },
  variables: Record<string, string>,
  model?: string
) =>
  subjects[name].plugin.open!({ model: model ?? subjects[name].model, config, folder: "." }).pipe(
    environment(variables)
  )

const refused = (...args: Parameters<typeof open>) =>
  Effect.map(Effect.flip(Effect.scoped(open(...args))), (error) => error.message)

const required = {
  "openai chat": "OPENAI_API_KEY",
  anthropic: "ANTHROPIC_API_KEY",
  mistral: "MISTRAL_API_KEY"
} as const

for (const name of ["openai chat", "anthropic", "mistral"] as const) {
  describe(name, () => {
    it.live("says which key is missing, and how to set it, before any call", () =>
      Effect.gen(function* () {
        const text = yield* refused(name, {}, {})
        assert.include(text, `${required[name]} is not set`)
        assert.include(text, "export ")
        assert.include(text, "https://")
        assert.notInclude(text, "\n")
        assert.include(yield* refused(name, { apiKeyEnv: "MY_KEY" }, keys), "MY_KEY is not set")
        assert.include(yield* refused(name, {}, { [required[name]]: "  " }), "is not set")
        assert.deepStrictEqual(subjects[name].plugin.requires, [required[name]])
      })
    )

    it.live("refuses a key that no header can carry, without showing it", () =>
      Effect.gen(function* () {
        const text = yield* refused(name, {}, { [required[name]]: `${plantedKey}\nsecond line` })
        assert.include(text, required[name])
        assert.notInclude(text, plantedKey)
      })
    )
  })
}

describe("a base URL", () => {
  const variables = {
    "openai chat": "OPENAI_BASE_URL",
    "openai responses": "OPENAI_BASE_URL",
    "openai-compatible": "OPENAI_COMPATIBLE_BASE_URL",
    anthropic: "ANTHROPIC_BASE_URL",
    mistral: "MISTRAL_BASE_URL",
    ollama: "OLLAMA_HOST"
  } as const
  for (const name of subjectNames) {
    it.live(`comes from ${variables[name]}, through the harness's own config (${name})`, () =>
      Effect.gen(function* () {
        const provider = yield* scopedProvider()
        const model = yield* open(
          name,
          {},
          { ...keys, [variables[name]]: provider.baseUrl(subjects[name].wire) }
        )
        yield* model.generate(call("Hello"))
        assert.strictEqual(provider.counters.requests, 1)
        assert.include(model.account, `127.0.0.1:${provider.port}`)
        assert.notInclude(model.account, plantedKey)
        assert.notInclude(JSON.stringify(model.identity(call("x"))), plantedKey)
      }).pipe(Effect.scoped)
    )

    it.live(`must hold no password and be a URL (${name})`, () =>
      Effect.gen(function* () {
        const text = yield* refused(name, { baseUrl: "https://me:hunter22@example.org/v1" }, keys)
        assert.include(text, "password")
        assert.notInclude(text, "hunter22")
        assert.include(yield* refused(name, { baseUrl: "https://hunter22@example.org" }, keys), "password")
        assert.include(yield* refused(name, { baseUrl: "ftp://example.org" }, keys), "http")
      })
    )
  }

  it.live("is needed by openai-compatible, a key is not", () =>
    Effect.gen(function* () {
      assert.include(yield* refused("openai-compatible", {}, {}), "OPENAI_COMPATIBLE_BASE_URL")
      const provider = yield* scopedProvider({ remember: 1 })
      const model = yield* open("openai-compatible", { baseUrl: provider.baseUrl("openai") }, {})
      yield* model.generate(call("Hello"))
      assert.strictEqual(provider.requests[0]!.headers.authorization, "Bearer none")
    }).pipe(Effect.scoped)
  )
})

describe("a model", () => {
  for (const name of subjectNames) {
    it.live(`must be named (${name})`, () =>
      Effect.map(refused(name, { baseUrl: "http://127.0.0.1:9" }, keys, ""), (text) =>
        assert.include(text, "no model is named")
      )
    )
  }

  it.live("takes no config that its plugin does not know", () =>
    Effect.map(refused("openai chat", { temprature: 1 }, keys), (text) => assert.include(text, "temprature"))
  )
})

describe("ollama", () => {
  it.live("says so in one line when no daemon is there", () =>
    Effect.map(refused("ollama", { baseUrl: "http://127.0.0.1:9" }, {}), (text) => {
      assert.include(text, "nothing answers at http://127.0.0.1:9")
      assert.include(text, "ollama serve")
    })
  )

  it.live("says what to pull", () =>
    Effect.gen(function* () {
      const provider = yield* scopedProvider({ ollamaModels: ["llama3.2:latest", "gemma3:4b"] })
      const baseUrl = provider.baseUrl("ollama")
      const text = yield* refused("ollama", { baseUrl }, {}, "qwen3:8b")
      assert.include(text, "ollama pull qwen3:8b")
      assert.include(text, "gemma3:4b")
      yield* open("ollama", { baseUrl }, {}, "gemma3:4b")
    }).pipe(Effect.scoped)
  )

  it.live("is told apart from another server at its address", () =>
    Effect.gen(function* () {
      const provider = yield* scopedProvider()
      assert.include(yield* refused("ollama", { baseUrl: `${provider.url}/nowhere` }, {}), "is no Ollama")
    }).pipe(Effect.scoped)
  )

  it.live("lists what is installed", () =>
    Effect.gen(function* () {
      const provider = yield* scopedProvider({ ollamaModels: ["llama3.2:latest", "gemma3:4b"] })
      const names = yield* ollama.models!.pipe(environment({ OLLAMA_HOST: provider.baseUrl("ollama") }))
      assert.deepStrictEqual(names, ["llama3.2:latest", "gemma3:4b"])
    }).pipe(Effect.scoped)
  )

  it.live("keeps apart the answers of different weights under one name", () =>
    Effect.gen(function* () {
      const provider = yield* scopedProvider({ ollamaModels: ["a:latest", "b:latest"] })
      const config = { baseUrl: provider.baseUrl("ollama") }
      const [a, b] = yield* Effect.forEach(["a", "b"], (name) => open("ollama", config, {}, name))
      assert.notDeepEqual(a!.identity(call("x")), b!.identity(call("x")))
    }).pipe(Effect.scoped)
  )

  it("takes OLLAMA_HOST in every form that Ollama does", () => {
    assert.deepStrictEqual(
      ["", "box", "box:8080", ":8080", "0.0.0.0:11434", "https://box/ollama"].map(hostUrl),
      [
        "http://127.0.0.1:11434",
        "http://box:11434",
        "http://box:8080",
        "http://127.0.0.1:8080",
        "http://127.0.0.1:11434",
        "https://box/ollama"
      ]
    )
  })
})
