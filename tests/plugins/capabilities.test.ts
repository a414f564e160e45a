/** Capabilities follow from a model's name. */
import { assert, describe, it } from "@effect/vitest"
import { capabilitiesOf as claude, versionOf } from "../../plugins/anthropic/capabilities.ts"
import { apiOf, capabilitiesOf as gpt, reasons } from "../../plugins/openai/capabilities.ts"

describe("OpenAI's models", () => {
  it("reason from o1 and gpt-5 on, but not the chat ones", () => {
    for (const name of [
      "o1",
      "o3-mini",
      "o4-mini-2025-04-16",
      "gpt-5",
      "gpt-5.2-pro",
      "gpt-6-luna",
      "gpt-10"
    ]) {
      assert.isTrue(reasons(name), name)
      assert.strictEqual(apiOf(name), "responses")
    }
    for (const name of [
      "gpt-4o",
      "gpt-4.1-mini",
      "gpt-3.5-turbo",
      "gpt-5-chat-latest",
      "ft:gpt-4.1:me::1",
      "omni"
    ]) {
      assert.isFalse(reasons(name), name)
      assert.strictEqual(apiOf(name), "chat")
    }
  })

  it("take a seed in Chat Completions only, and sampling only where they do not reason", () => {
    assert.include(gpt("gpt-4.1", "chat"), {
      seed: true,
      temperature: true,
      logprobs: true,
      jsonSchema: true
    })
    assert.include(gpt("gpt-4.1", "responses"), { seed: false, temperature: true, logprobs: true })
    assert.include(gpt("gpt-5", "responses"), {
      seed: false,
      temperature: false,
      topP: false,
      logprobs: false
    })
    assert.include(gpt("gpt-5", "chat"), { seed: true, temperature: false })
  })

  it("have structured outputs from GPT-4o on", () => {
    for (const name of ["gpt-3.5-turbo", "gpt-4", "gpt-4-turbo", "gpt-4-0613"]) {
      assert.isFalse(gpt(name, "chat").jsonSchema, name)
    }
    for (const name of ["gpt-4o-mini", "gpt-4.1", "gpt-5"]) assert.isTrue(gpt(name, "chat").jsonSchema, name)
  })
})

describe("Anthropic's models", () => {
  it("have versions in their names, old order and new", () => {
    const versions = {
      "claude-3-opus-20240229": 3,
      "claude-3-5-haiku-latest": 3.5,
      "claude-opus-4-20250514": 4,
      "claude-opus-4-1-20250805": 4.1,
      "claude-sonnet-4-5": 4.5,
      "claude-opus-4-7": 4.7,
      "claude-opus-5": 5,
      "claude-haiku-5-5": 5.5,
      "claude-something-preview": Number.POSITIVE_INFINITY
    }
    for (const [name, version] of Object.entries(versions)) assert.strictEqual(versionOf(name), version, name)
  })

  it("take no seed ever, no sampling from 4.7 on, and a schema from 4.5 on", () => {
    assert.include(claude("claude-3-5-haiku-latest"), { seed: false, temperature: true, jsonSchema: false })
    assert.include(claude("claude-opus-4-1"), { temperature: true, jsonSchema: true })
    assert.include(claude("claude-haiku-4-5"), { temperature: true, topP: true, jsonSchema: true })
    assert.include(claude("claude-opus-4-8"), { temperature: false, topP: false, jsonSchema: true })
    assert.include(claude("claude-mythos-preview"), { temperature: false, jsonSchema: true })
  })
})
