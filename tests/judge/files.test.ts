/** The files that say how judges are asked: prompts, families, exemplars. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { overlapFinder } from "../../harness/judge/Exemplars.ts"
import { familyFinder, isKin, readFamilies } from "../../harness/judge/Families.ts"
import { fillPrompt, parsePrompt, rubric } from "../../harness/judge/JudgePrompt.ts"
import { NodeServicesLayer } from "../nodeServices.ts"

const good =
  "# System\n\nCode {{marker}}\n\n# User\n\n{{post}}\n\n{{response}}\n\n{{questions}}\n\n{{answer}}\n\n# Again\n\nOnce more.\n"

describe("a prompt", () => {
  it.effect("has a hash of its words", () =>
    Effect.gen(function* () {
      const one = yield* parsePrompt(good, "a/mine.md", rubric)
      assert.strictEqual(one.name, "mine")
      assert.strictEqual((yield* parsePrompt(good.replaceAll("\n", "\r\n"), "b.md", rubric)).hash, one.hash)
      assert.notStrictEqual(
        (yield* parsePrompt(good.replace("Once", "Twice"), "b.md", rubric)).hash,
        one.hash
      )
    })
  )

  it.effect("says what is wrong with it", () =>
    Effect.gen(function* () {
      for (const [text, said] of [
        [good.replace("# Again", "# Other"), 'the section "again" is missing'],
        [good.replace("{{response}}", ""), "{{response}} is missing"],
        [good.replace("{{marker}}", ""), "{{marker}} is missing"],
        [good.replace("{{post}}", "{{post}} {{source}}"), "unknown placeholder {{source}}"]
      ] as const) {
        assert.include((yield* Effect.flip(parsePrompt(text, "mine.md", rubric))).message, said)
      }
    })
  )

  it("puts each value in once: a placeholder inside a response stays text", () => {
    assert.strictEqual(fillPrompt("{{a}}\n\n{{b}}\n\nend", { a: "{{b}}", b: "" }), "{{b}}\n\nend")
  })
})

describe("families", () => {
  it.effect("know the models of the table, behind whichever plugin", () =>
    Effect.gen(function* () {
      const familyOf = yield* readFamilies(undefined)
      for (const [plugin, model, family] of [
        ["openai", "o3", "openai"],
        ["openai-compatible", "openai/gpt-oss-20b", "openai"],
        ["anthropic", "claude-haiku-4-5", "anthropic"],
        ["ollama", "llama3.2:3b", "meta"],
        ["ollama", "mistral:7b", "mistral"],
        ["openai-compatible", "Qwen/Qwen3-8B", "alibaba"],
        ["openai-compatible", "my-own", undefined]
      ] as const) {
        assert.strictEqual(familyOf(plugin, model), family, `${plugin}/${model}`)
      }
    }).pipe(Effect.provide(NodeServicesLayer))
  )

  it("keep a judge from its kin, by model, table or recorded name, and from nobody else", () => {
    const familyOf = familyFinder([{ families: { mine: ["own-*"], openai: ["openai/*", "*gpt-*"] } }])
    const judge = { plugin: "openai", model: "gpt-4.1", family: "openai" }
    const kin = (plugin: string, model: string, id = "x", kind = "model") =>
      isKin(familyOf, judge, { id, plugin, model, kind })
    assert.isTrue(kin("openai", "gpt-5"))
    assert.isTrue(kin("replay", "", "gpt-4 turbo"))
    assert.isFalse(kin("anthropic", "claude-haiku-4-5"))
    assert.isFalse(kin("eliza", "", "gpt-like", "program"))
    const stranger = { plugin: "local", model: "m", family: undefined }
    assert.isTrue(isKin(familyOf, stranger, { id: "m", plugin: "local", model: "m", kind: "model" }))
    assert.isFalse(isKin(familyOf, stranger, { id: "n", plugin: "local", model: "n", kind: "model" }))
  })
})

describe("exemplars", () => {
  it("are found among what is judged however they are spaced", () => {
    const overlap = overlapFinder({
      file: "f.yaml",
      hash: "" as never,
      list: [{ post: "Title\n\nMy cat died.", response: "So sorry!", value: 4, why: "warm" }] as never
    })
    assert.strictEqual(overlap({ title: "Title", body: "my CAT  died" }, "else"), "exemplar 1 of f.yaml")
    assert.strictEqual(overlap({ title: "", body: "Other" }, "So sorry."), "exemplar 1 of f.yaml")
    assert.isUndefined(overlap({ title: "", body: "My dog died." }, "Sorry"))
  })
})
