/** What the plugins send within their capabilities, and what they make of what comes back. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Call } from "../../harness/model/Model.ts"
import { fields } from "../provider/Wire.ts"
import { call, opened, type Subject, type SubjectName, subjectNames, subjects } from "./subjects.ts"

const question = "My sister stopped answering my letters in spring"
const everything: Partial<Call> = {
  seed: 1234567,
  parameters: { temperature: 0.5, topP: 0.9, maxTokens: 321 },
  logprobs: true,
  jsonSchema: {
    type: "object",
    properties: { warmth: { type: "integer", minimum: 1, maximum: 5 } },
    required: ["warmth"],
    additionalProperties: false
  }
}
const schema = everything.jsonSchema

/** Asks once and hands over the body that the server saw. */
const sent = (subject: Subject, more: Partial<Call>) =>
  Effect.gen(function* () {
    const { model, provider } = yield* opened(subject)
    const reply = yield* model.generate(call(question, more))
    return { reply, body: provider.requests[0]!.body, headers: provider.requests[0]!.headers, model }
  }).pipe(Effect.scoped)

const messages = [
  { role: "system", content: "You are a kind listener." },
  { role: "user", content: question }
]

/** The whole body for a call that asks for everything, by subject. */
const bodies: { readonly [S in SubjectName]: unknown } = {
  "openai chat": {
    model: "gpt-4.1-mini",
    messages,
    seed: 1234567,
    temperature: 0.5,
    top_p: 0.9,
    max_completion_tokens: 321,
    logprobs: true,
    top_logprobs: 20,
    response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } }
  },
  // A reasoning model: no seed, no sampling, no log-probabilities.
  "openai responses": {
    model: "gpt-5-mini",
    store: false,
    input: messages,
    max_output_tokens: 321,
    text: { format: { type: "json_schema", name: "answer", strict: true, schema } }
  },
  "openai-compatible": {
    model: "qwen3",
    messages,
    seed: 1234567,
    temperature: 0.5,
    top_p: 0.9,
    max_tokens: 321,
    logprobs: true,
    top_logprobs: 20,
    response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } }
  },
  anthropic: {
    model: "claude-haiku-4-5",
    system: "You are a kind listener.",
    messages: messages.slice(1),
    max_tokens: 321,
    temperature: 0.5,
    top_p: 0.9,
    output_config: { format: { type: "json_schema", schema } }
  },
  mistral: {
    model: "mistral-small-latest",
    messages,
    random_seed: 1234567,
    temperature: 0.5,
    top_p: 0.9,
    max_tokens: 321,
    stream: false,
    response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } }
  },
  ollama: {
    model: "llama3.2",
    messages,
    stream: false,
    options: { seed: 1234567, temperature: 0.5, top_p: 0.9, num_predict: 321 },
    format: schema,
    logprobs: true,
    top_logprobs: 20
  }
}

for (const name of subjectNames) {
  describe(name, () => {
    it.live("sends what is asked, and nothing that the model cannot", () =>
      Effect.gen(function* () {
        const { body, reply } = yield* sent(subjects[name], everything)
        assert.deepStrictEqual(body, bodies[name])
        const { warmth } = JSON.parse(reply.text)
        assert.ok(Number.isInteger(warmth) && warmth >= 1 && warmth <= 5, reply.text)
      })
    )

    it.live("leaves out what is not asked", () =>
      Effect.gen(function* () {
        const { body } = yield* sent(subjects[name], {})
        for (const field of [
          "temperature",
          "top_p",
          "logprobs",
          "response_format",
          "format",
          "text",
          "output_config"
        ]) {
          assert.notProperty(body, field)
        }
        if (name === "anthropic") assert.strictEqual(body.max_tokens, 4096)
        else assert.notProperty(body, "max_tokens")
      })
    )

    it.live("answers differ with the seed where there is one, and only there", () =>
      Effect.gen(function* () {
        const { model } = yield* opened(subjects[name])
        const [one, again, two] = yield* Effect.forEach([1, 1, 2], (seed) =>
          model.generate(call(question, { seed }))
        )
        assert.strictEqual(one!.text, again!.text)
        assert.strictEqual(one!.text !== two!.text, model.capabilities.seed)
      }).pipe(Effect.scoped)
    )

    it.live("keeps usage and what was really served", () =>
      Effect.gen(function* () {
        const { reply } = yield* sent(subjects[name], {})
        const { usage = {}, served = {} } = reply
        assert.ok(usage.inputTokens! > 0 && usage.outputTokens! > 0)
        if (name !== "mistral" && name !== "ollama") assert.isAtLeast(usage.cachedTokens!, 1)
        if (name === "openai responses") assert.strictEqual(usage.reasoningTokens, 64)
        assert.ok(served.model?.startsWith(subjects[name].model), served.model)
        if (name !== "ollama") assert.match(served.id ?? "", /\w+/)
        if (name.startsWith("openai") && name !== "openai responses") {
          assert.strictEqual(served.fingerprint, "fp_provider")
        }
        if (name === "ollama") assert.match(served.fingerprint ?? "", /^[0-9a-f]{64}$/)
      })
    )

    it.live("takes Unicode and a post of 30 KB", () =>
      Effect.gen(function* () {
        const long = `${"Ich weiß nicht weiter 😔 – 我很难过. ".repeat(700)}end`
        const { body } = yield* Effect.gen(function* () {
          const { model, provider } = yield* opened(subjects[name], {
            answer: (ask) => ask.prompt.slice(-60)
          })
          const reply = yield* model.generate(call(long))
          assert.strictEqual(reply.text, long.slice(-60))
          return provider.requests[0]!
        }).pipe(Effect.scoped)
        assert.include(JSON.stringify(body), "我很难过")
      })
    )
  })
}

describe("log-probabilities", () => {
  for (const name of ["openai chat", "openai-compatible", "ollama"] as const) {
    it.live(`come as tokens with their alternatives (${name})`, () =>
      Effect.gen(function* () {
        const { reply } = yield* sent(subjects[name], { logprobs: true })
        const [first] = reply.logprobs as unknown as readonly {
          token: string
          logprob: number
          top: readonly { token: string; logprob: number }[]
        }[]
        assert.strictEqual(first!.logprob, -0.25)
        assert.strictEqual(first!.top[0]!.token, first!.token)
      })
    )
  }

  it.live("come from Responses too, where the model does not reason", () =>
    Effect.gen(function* () {
      const subject: Subject = { ...subjects["openai chat"], config: { api: "responses" } }
      const { body, reply, model } = yield* sent(subject, { logprobs: true, parameters: { temperature: 1 } })
      assert.deepStrictEqual(body.include, ["message.output_text.logprobs"])
      assert.strictEqual(body.temperature, 1)
      assert.isFalse(model.capabilities.seed)
      assert.notProperty(body, "seed")
      assert.ok((reply.logprobs as readonly unknown[]).length > 5)
    })
  )
})

describe("config", () => {
  it.live("reaches OpenAI as effort, organization and project", () =>
    Effect.gen(function* () {
      const subject: Subject = {
        ...subjects["openai responses"],
        config: { reasoningEffort: "low", organization: "org-1", project: "proj-1" }
      }
      const { body, headers, model } = yield* sent(subject, {})
      assert.deepStrictEqual(body.reasoning, { effort: "low" })
      assert.strictEqual(headers["openai-organization"], "org-1")
      assert.strictEqual(headers["openai-project"], "proj-1")
      const identity = fields(model.identity(call("x")))
      assert.strictEqual(identity.effort, "low")
      assert.notInclude(JSON.stringify(identity), "org-1")
    })
  )

  it.live("takes capabilities away from a server that lacks them", () =>
    Effect.gen(function* () {
      const subject: Subject = {
        ...subjects["openai-compatible"],
        config: {
          capabilities: { seed: false, logprobs: false, jsonSchema: false },
          maxTokensName: "max_completion_tokens"
        }
      }
      const { body, model } = yield* sent(subject, everything)
      assert.isFalse(model.capabilities.seed)
      assert.deepStrictEqual(Object.keys(body).sort(), [
        "max_completion_tokens",
        "messages",
        "model",
        "temperature",
        "top_p"
      ])
    })
  )

  it.live("sets Ollama's context window and thinking", () =>
    Effect.gen(function* () {
      const { body } = yield* sent({ ...subjects.ollama, config: { numCtx: 16384, think: false } }, {})
      assert.strictEqual(fields(body.options).num_ctx, 16384)
      assert.strictEqual(body.think, false)
    })
  )
})
