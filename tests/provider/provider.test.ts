/** The fake provider does what it says, so that tests that lean on it mean something. */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { connect } from "node:net"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { faultNames, faultPicker, unit } from "./faults.ts"
import { scopedProvider } from "./Provider.ts"
import type { Provider } from "./server.ts"
import { goDuration } from "./Wire.ts"

const chat = (prompt: string, more: object = {}) =>
  JSON.stringify({ model: "m", messages: [{ role: "user", content: prompt }], ...more })

const post = (provider: { readonly url: string }, path: string, body: string) =>
  fetch(provider.url + path, { method: "POST", body })

const using = (
  body: (provider: Provider) => Promise<void>,
  options: Parameters<typeof scopedProvider>[0] = {}
) =>
  Effect.flatMap(scopedProvider(options), (provider) => Effect.promise(() => body(provider))).pipe(
    Effect.scoped
  )

describe("faults", () => {
  it("depend on seed and ordinal alone", () => {
    const rates = { "rate-limit": 0.3, drop: 0.2 }
    const draw = (seed: number) =>
      Array.from({ length: 200 }, (_, n) => faultPicker(rates, seed)(n) ?? "-").join()
    assert.strictEqual(draw(5), draw(5))
    assert.notStrictEqual(draw(5), draw(6))
  })

  it("come at their rates", () => {
    const pick = faultPicker(
      { "rate-limit": 0.1, "server-error": 0.05, drop: 0.03, malformed: 0.02, hang: 0.01 },
      3
    )
    const seen = new Map<string, number>()
    const draws = 100_000
    for (let n = 0; n < draws; n++) seen.set(pick(n) ?? "-", (seen.get(pick(n) ?? "-") ?? 0) + 1)
    const off = (name: string, rate: number) =>
      Math.abs(seen.get(name)! / draws - rate) / Math.sqrt((rate * (1 - rate)) / draws)
    for (const [name, rate] of [
      ["rate-limit", 0.1],
      ["server-error", 0.05],
      ["drop", 0.03],
      ["malformed", 0.02],
      ["hang", 0.01],
      ["-", 0.79]
    ] as const) {
      assert.isBelow(off(name, rate), 4, name)
    }
  })

  it("are drawn evenly", () => {
    const cells = new Array<number>(10).fill(0)
    for (let n = 0; n < 10_000; n++) cells[Math.floor(unit(1, n) * 10)]!++
    // Chi-squared with 9 degrees of freedom: 27.9 is the 0.1 % point.
    assert.isBelow(
      cells.reduce((sum, cell) => sum + (cell - 1000) ** 2 / 1000, 0),
      27.9
    )
  })

  it("must be known, and no more than certain", () => {
    assert.throws(() => faultPicker({ unheard: 1 } as never, 1), /no such fault/)
    assert.throws(() => faultPicker({ drop: 0.6, hang: 0.6 }, 1), /add up/)
    assert.throws(() => faultPicker({ drop: -1 }, 1), /not 0 to 1/)
    assert.isUndefined(faultPicker({ drop: 0 }, 1)(0))
  })
})

describe("counters", () => {
  it.live("count requests, bodies seen before, faults and what is in flight", () =>
    using(
      async (provider) => {
        await Promise.all(
          ["a", "b", "c", "a"].map((prompt) => post(provider, "/openai/v1/chat/completions", chat(prompt)))
        )
        const { requests, repeatedBodies, inFlight, maxInFlight, aborted } = provider.counters
        assert.deepStrictEqual(
          { requests, repeatedBodies, inFlight, maxInFlight, aborted },
          { requests: 4, repeatedBodies: 1, inFlight: 0, maxInFlight: 4, aborted: 0 }
        )
        const over = await (await fetch(`${provider.url}/_counters`)).json()
        assert.deepStrictEqual(over, JSON.parse(JSON.stringify(provider.counters)))
      },
      { latencyMillis: 30 }
    )
  )

  it.live("count what a client gives up, and not what the server drops", () =>
    using(
      async (provider) => {
        const stop = new AbortController()
        const given = fetch(`${provider.url}/v1/messages`, {
          method: "POST",
          body: chat("x"),
          signal: stop.signal
        })
        while (provider.counters.inFlight === 0) await new Promise(setImmediate)
        stop.abort()
        await given.catch(() => undefined)
        while (provider.counters.inFlight > 0) await new Promise(setImmediate)
        assert.strictEqual(provider.counters.aborted, 1)
        provider.setFaults({ drop: 1 })
        await post(provider, "/v1/messages", chat("y"))
          .then((response) => response.text())
          .catch(() => undefined)
        while (provider.counters.inFlight > 0) await new Promise(setImmediate)
        assert.strictEqual(provider.counters.aborted, 1)
        assert.deepStrictEqual(provider.counters.byFault, { hang: 1, drop: 1 })
      },
      { faults: { hang: 1 } }
    )
  )
})

describe("answers", () => {
  it.live(
    "are made from the request: the same for the same, with words of the question, varying with the seed",
    () =>
      using(async (provider) => {
        const ask = async (prompt: string, seed?: number) => {
          const response = await post(provider, "/openai/v1/chat/completions", chat(prompt, { seed }))
          return ((await response.json()) as { choices: { message: { content: string } }[] }).choices[0]!
            .message.content
        }
        const one = await ask("My grandmother fell down the stairs", 1)
        assert.strictEqual(await ask("My grandmother fell down the stairs", 1), one)
        assert.notStrictEqual(await ask("My grandmother fell down the stairs", 2), one)
        assert.match(one, /grandmother|stairs/)
      })
  )

  it.live("meet a JSON Schema", () =>
    using(async (provider) => {
      const schema = {
        type: "object",
        properties: {
          score: { type: "integer", minimum: 1, maximum: 7 },
          label: { enum: ["low", "high"] },
          why: { type: "string" },
          parts: { type: "array", items: { type: "number", minimum: 0, maximum: 1 }, minItems: 2 },
          sure: { type: "boolean" }
        }
      }
      const scores = new Set<number>()
      for (let seed = 0; seed < 40; seed++) {
        const response = await post(
          provider,
          "/v1/chat/completions",
          chat("How warm?", {
            seed,
            response_format: { type: "json_schema", json_schema: { name: "x", schema } }
          })
        )
        const body = (await response.json()) as { choices: { message: { content: string } }[] }
        const value = JSON.parse(body.choices[0]!.message.content)
        assert.ok(Number.isInteger(value.score) && value.score >= 1 && value.score <= 7)
        assert.include(["low", "high"], value.label)
        assert.lengthOf(value.parts, 2)
        assert.isBoolean(value.sure)
        scores.add(value.score)
      }
      assert.strictEqual(scores.size, 7)
    })
  )

  it.live("stream as NDJSON from Ollama, unless it is told not to", () =>
    using(async (provider) => {
      const body = JSON.parse(chat("Hello there"))
      const streamed = await post(
        provider,
        "/ollama/api/chat",
        JSON.stringify({ ...body, model: "llama3.2" })
      )
      assert.strictEqual(streamed.headers.get("content-type"), "application/x-ndjson")
      const lines = (await streamed.text())
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
      const whole = await post(
        provider,
        "/ollama/api/chat",
        JSON.stringify({ ...body, model: "llama3.2", stream: false })
      )
      const { message, done } = (await whole.json()) as { message: { content: string }; done: boolean }
      assert.isTrue(done)
      assert.strictEqual(lines.map((line) => line.message.content).join(""), message.content)
      assert.deepStrictEqual(
        lines.map((line) => line.done),
        [...lines.slice(1).map(() => false), true]
      )
    })
  )

  it.live("are refused to a key that is not known, and to a body that is no JSON", () =>
    using(
      async (provider) => {
        for (const path of [
          "/openai/v1/chat/completions",
          "/anthropic/v1/messages",
          "/mistral/v1/chat/completions"
        ]) {
          assert.strictEqual((await post(provider, path, chat("x"))).status, 401)
          assert.strictEqual((await post(provider, path, "{")).status, 400)
        }
        const headers = { authorization: "Bearer right" }
        const good = await fetch(`${provider.url}/openai/v1/responses`, {
          method: "POST",
          headers,
          body: '{"input":"x"}'
        })
        assert.strictEqual(good.status, 200)
      },
      { keys: ["right"] }
    )
  )

  it.live("come twice on one connection as a duplicate", () =>
    using(
      async (provider) => {
        const socket = connect(provider.port, "127.0.0.1")
        const body = chat("Hello")
        socket.write(
          `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`
        )
        let text = ""
        for await (const chunk of socket.setEncoding("utf8")) {
          text += chunk
          if (text.split("}]").length > 2 && text.endsWith("}}}")) break
        }
        assert.lengthOf(text.match(/HTTP\/1\.1 200 OK/g) ?? [], 2)
        assert.lengthOf(text.match(/"id":"chatcmpl-00000000"/g) ?? [], 2)
      },
      { faults: { duplicate: 1 } }
    )
  )

  it.live("go wrong for one format and not for another", () =>
    using(async (provider) => {
      provider.setFaults({ "rate-limit": 1 }, "mistral")
      assert.strictEqual((await post(provider, "/mistral/v1/chat/completions", chat("x"))).status, 429)
      assert.strictEqual((await post(provider, "/openai/v1/chat/completions", chat("x"))).status, 200)
    })
  )
})

describe("durations", () => {
  it("are written as Go does", () => {
    assert.deepStrictEqual([20, 1000, 90_500, 360_000].map(goDuration), ["20ms", "1s", "1m30.5s", "6m0s"])
  })
})

describe("in a process of its own", () => {
  const main = fileURLToPath(new URL("main.ts", import.meta.url))

  it.live("prints its URL, takes faults, and ends when its parent does", () =>
    Effect.promise(async () => {
      const child = spawn(process.execPath, [main, "--fault", "overloaded=1", "--with-parent"], {
        stdio: ["pipe", "pipe", "inherit"]
      })
      const [line] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string]
      const url = line.trim()
      assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
      assert.strictEqual((await post({ url }, "/v1/messages", chat("x"))).status, 529)
      await fetch(`${url}/_faults`, { method: "POST", body: "{}" })
      assert.strictEqual((await post({ url }, "/v1/messages", chat("x"))).status, 200)
      child.stdin.end()
      const [code] = await once(child, "exit")
      assert.strictEqual(code, 0)
    })
  )

  it.live("names every fault under --help", () =>
    Effect.promise(async () => {
      const child = spawn(process.execPath, [main, "--help"], { stdio: ["ignore", "pipe", "inherit"] })
      let text = ""
      for await (const chunk of child.stdout.setEncoding("utf8")) text += chunk
      for (const name of faultNames) assert.include(text, name)
    })
  )
})
