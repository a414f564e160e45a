/** The pooled fetch against servers that misbehave on the level of HTTP. */
import { createServer, type RequestListener, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { mostBytes } from "../../harness/model/BufferedResponse.ts"
import { pooledFetch } from "../../harness/model/pooledFetch.ts"
import { errorFromThrown } from "../../harness/model/thrown.ts"

/** A server of one's own for as long as the scope lasts: its URL. */
const serving = (listener: RequestListener) =>
  Effect.acquireRelease(
    Effect.callback<ReturnType<typeof createServer>>((resume) => {
      const server = createServer(listener)
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) =>
      Effect.promise(
        () =>
          new Promise<void>((done) => {
            server.close(() => done())
            server.closeAllConnections()
          })
      )
  ).pipe(Effect.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`))

const run = <A>(
  body: (url: string, fetch: typeof globalThis.fetch) => Promise<A>,
  listener: RequestListener
) =>
  Effect.gen(function* () {
    const url = yield* serving(listener)
    const fetch = yield* pooledFetch
    return yield* Effect.promise(() => body(url, fetch as typeof globalThis.fetch))
  }).pipe(Effect.scoped)

describe("pooledFetch", () => {
  it.live("sends method, headers and body, and reads status, headers and body, as fetch does", () =>
    run(
      async (url, pooled) => {
        const init = { method: "POST", headers: new Headers({ "X-One": "1" }), body: "größer" }
        for (const ask of [pooled, globalThis.fetch]) {
          const response = await ask(`${url}/path?q=1`, init)
          assert.strictEqual(response.status, 201)
          assert.isTrue(response.ok)
          assert.strictEqual(response.headers.get("X-Answer"), "yes")
          assert.isTrue(response.headers.has("x-answer"))
          assert.isNull(response.headers.get("x-missing"))
          assert.deepStrictEqual(
            [...response.headers].filter(([name]) => name === "x-answer"),
            [["x-answer", "yes"]]
          )
          assert.strictEqual(await response.clone().text(), "POST /path?q=1 1 größer")
        }
        const again = await pooled(new Request(`${url}/from-request`, init))
        assert.strictEqual(await again.text(), "POST /from-request 1 größer")
      },
      (request, response) => {
        let body = ""
        request.setEncoding("utf8").on("data", (chunk: string) => {
          body += chunk
        })
        request.on("end", () => {
          response.writeHead(201, { "x-answer": "yes" })
          response.end(`${request.method} ${request.url} ${request.headers["x-one"]} ${body}`)
        })
      }
    )
  )

  it.live("unfolds what is compressed, though it does not ask for it", () => {
    const text = JSON.stringify({ text: "Wärme ".repeat(500) })
    const folded = { gzip: gzipSync(text), deflate: deflateSync(text), br: brotliCompressSync(text) }
    return run(
      async (url, pooled) => {
        for (const name of Object.keys(folded)) {
          const response = await pooled(`${url}/${name}`)
          assert.deepStrictEqual(await response.json(), JSON.parse(text))
          assert.strictEqual(await response.text(), text)
        }
      },
      (request, response) => {
        assert.isUndefined(request.headers["accept-encoding"])
        const name = request.url!.slice(1) as keyof typeof folded
        response.writeHead(200, { "content-encoding": name })
        response.end(folded[name])
      }
    )
  })

  it.live("does not carry a key along a redirect", () =>
    run(
      async (url, pooled) => {
        const response = await pooled(url, { headers: { authorization: "Bearer x" } })
        assert.strictEqual(response.status, 302)
        assert.isFalse(response.ok)
      },
      (_, response) => {
        response.writeHead(302, { location: "http://127.0.0.1:9/elsewhere" })
        response.end()
      }
    )
  )

  it.live("gives up on an answer without end", () =>
    run(
      async (url, pooled) => {
        const thrown = await pooled(url).catch((error: unknown) => error)
        assert.strictEqual(errorFromThrown(thrown)._tag, "Malformed")
      },
      (_, response) => {
        const chunk = Buffer.alloc(1 << 20)
        const more = () => {
          while (!response.destroyed && response.write(chunk));
          if (!response.destroyed) response.once("drain", more)
        }
        more()
      }
    )
  )
  it("which is 32 MiB", () => assert.strictEqual(mostBytes, 33_554_432))

  it.live(
    "drops a byte order mark, keeps characters that span packets, and takes early hints for no answer",
    () =>
      run(
        async (url, pooled) => {
          assert.strictEqual(await (await pooled(url)).text(), "grün")
        },
        (_, response) => {
          response.writeEarlyHints({ link: "</style.css>; rel=preload" })
          const bytes = Buffer.from("\ufeffgrün")
          // The third letter is two bytes, and the packets end between them.
          response.write(bytes.subarray(0, 6), () => setImmediate(() => response.end(bytes.subarray(6))))
        }
      )
  )

  it.live("fails at once with a signal that has already fired", () =>
    run(
      async (url, pooled) => {
        const reason = new Error("no longer wanted")
        const thrown = await pooled(url, { signal: AbortSignal.abort(reason) }).catch(
          (error: unknown) => error
        )
        assert.strictEqual(thrown, reason)
      },
      (_, response) => response.end()
    )
  )

  it.live("keeps 64 connections busy and uses them again", () => {
    const waiting: ServerResponse[] = []
    const connections = new Set<number>()
    return run(
      async (url, pooled) => {
        const rounds = Array.from({ length: 64 }, async () => {
          for (let round = 0; round < 10; round++) assert.isTrue((await pooled(url)).ok)
        })
        await Promise.all(rounds)
        assert.isAtMost(connections.size, 128)
      },
      // Nobody is answered before all 64 have asked.
      (request, response) => {
        connections.add(request.socket.remotePort!)
        waiting.push(response)
        if (waiting.length === 64) for (const one of waiting.splice(0)) one.end("ok")
      }
    )
  })
})
