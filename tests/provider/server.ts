/**
 * The fake provider: one small server on 127.0.0.1 that speaks OpenAI's, Anthropic's, Mistral's and Ollama's
 * formats under `/openai`, `/anthropic`, `/mistral` and `/ollama`, and goes wrong on request.
 */
import { hash } from "node:crypto"
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { answerTo } from "./answer.ts"
import { type BatchFaults, batchDesk } from "./batches.ts"
import { type Fault, type FaultRates, faultPicker } from "./faults.ts"
import { type Exchange, reply } from "./reply.ts"
import { type Ask, fields, type Wire } from "./Wire.ts"
import { anthropic } from "./wires/anthropic.ts"
import { mistral } from "./wires/mistral.ts"
import { installed, ollama, shown, tagged } from "./wires/ollama.ts"
import { openai } from "./wires/openai.ts"

/** How the server behaves; everything has a default, and by default nothing goes wrong. */
export interface ProviderOptions {
  /** 0 (the default): a free one. */
  readonly port?: number
  /** Waited before each answer, ms. */
  readonly latencyMillis?: number
  /** Decides, with the request's ordinal, which fault it meets. */
  readonly seed?: number
  readonly faults?: FaultRates
  /** What 429s ask for; 1000 by default. */
  readonly retryAfterMillis?: number
  /** How long a slow body takes; 300 by default. */
  readonly slowMillis?: number
  /** Keys that are let in; by default any, and none. */
  readonly keys?: readonly string[]
  /** What Ollama has installed. */
  readonly ollamaModels?: readonly string[]
  /** How batches go; by default they are there at the third look, whole. */
  readonly batches?: BatchFaults
  /** Writes the texts in place of the built-in ones; throws nothing. */
  readonly answer?: (ask: Ask) => string
  /** How many requests are kept in `requests`, the newest last; 0 by default. */
  readonly remember?: number
}

/** What the server has seen so far. */
export interface Counters {
  /** Questions, without lists of models. */
  requests: number
  inFlight: number
  maxInFlight: number
  /** Questions whose body had been seen before, byte for byte. */
  repeatedBodies: number
  /** Questions that the client gave up before the answer was out. */
  aborted: number
  connections: number
  readonly byFault: { [F in Fault]?: number }
  /** Batches taken, and the requests in them. */
  batches: number
  batchedRequests: number
}

/** A question as it arrived. */
export interface Seen {
  readonly wire: Wire["name"]
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Record<string, unknown>
}

/** A running server. */
export interface Provider {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly port: number
  readonly counters: Readonly<Counters>
  readonly requests: readonly Seen[]
  /** The base URL that an SDK of this format takes. */
  readonly baseUrl: (wire: Wire["name"]) => string
  /** New rates, for all formats or for one; they hold from the next request on. */
  readonly setFaults: (rates: FaultRates, wire?: Wire["name"]) => void
  /** Ends every connection, also those that hang. */
  readonly close: () => Promise<void>
}

const wires = { openai, anthropic, mistral, ollama } as const

/** The format a path belongs to: by its prefix, else by the path's own shape. */
const wireOf = (path: string): Wire | undefined => {
  const prefix = path.slice(1, path.indexOf("/", 1))
  if (Object.hasOwn(wires, prefix)) return wires[prefix as keyof typeof wires]
  return path === "/v1/messages" ? anthropic : path.startsWith("/api/") ? ollama : openai
}

const isQuestion = (path: string) => /\/(?:chat\/completions|responses|messages|api\/chat)$/.test(path)

/** Starts a server and resolves when it listens. */
export const startProvider = (options: ProviderOptions = {}): Promise<Provider> => {
  const { latencyMillis = 0, seed = 1, remember = 0, answer = answerTo } = options
  const { retryAfterMillis = 1000, slowMillis = 300, ollamaModels = ["llama3.2:latest"] } = options
  const keys = options.keys === undefined ? undefined : new Set(options.keys)
  const counters: Counters = {
    requests: 0,
    inFlight: 0,
    maxInFlight: 0,
    repeatedBodies: 0,
    aborted: 0,
    connections: 0,
    byFault: {},
    batches: 0,
    batchedRequests: 0
  }
  const requests: Seen[] = []
  const bodies = new Set<string>()
  let pickAny = faultPicker(options.faults ?? {}, seed)
  const pickOf = new Map<Wire["name"], (ordinal: number) => Fault | undefined>()
  let closing = false
  const desk = batchDesk(wires, answer, options.batches ?? {}, counters)

  const send = (response: ServerResponse, status: number, body: string): void => {
    response.writeHead(status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body)
    })
    response.end(body)
  }

  const setFaults: Provider["setFaults"] = (rates, wire) => {
    if (wire === undefined) {
      pickAny = faultPicker(rates, seed)
      pickOf.clear()
    } else pickOf.set(wire, faultPicker(rates, seed))
  }

  /** Lists of models, and the two ends by which another process reads counters and sets faults: status, body. */
  const other = (path: string, body: string): readonly [number, string] => {
    if (path === "/_counters") return [200, JSON.stringify(counters)]
    const local = path.replace(/^\/ollama/, "")
    if (local === "/api/tags") return [200, installed(ollamaModels)]
    try {
      if (path === "/_faults") {
        setFaults(JSON.parse(body))
        return [200, "{}"]
      }
      if (local === "/api/show") {
        const { model, name } = fields(JSON.parse(body))
        const asked = tagged(String(model ?? name))
        return ollamaModels.includes(asked)
          ? [200, shown(asked)]
          : [404, JSON.stringify({ error: `model '${asked}' not found` })]
      }
    } catch (error) {
      return [400, JSON.stringify({ error: String(error) })]
    }
    return [404, JSON.stringify({ error: { message: `nothing is served at ${path}` } })]
  }

  const onQuestion = (
    wire: Wire,
    path: string,
    text: string,
    request: IncomingMessage,
    response: ServerResponse
  ): void => {
    const ordinal = counters.requests++
    const seen = hash("sha1", `${wire.name} ${text}`, "base64")
    if (bodies.has(seen)) counters.repeatedBodies++
    else bodies.add(seen)
    counters.inFlight++
    if (counters.inFlight > counters.maxInFlight) counters.maxInFlight = counters.inFlight
    let cut = false
    response.on("close", () => {
      counters.inFlight--
      if (!response.writableFinished && !cut && !closing) counters.aborted++
    })

    let body: Record<string, unknown>
    try {
      body = fields(JSON.parse(text))
    } catch {
      send(response, 400, wire.deny({ status: 400, kind: "bad request", message: "the body is not JSON" }))
      return
    }
    if (remember > 0) {
      if (requests.length === remember) requests.shift()
      requests.push({ wire: wire.name, path, headers: request.headers, body })
    }
    const key = wire.key(request.headers)
    const ask = wire.read(path, body)
    let fault = (pickOf.get(wire.name) ?? pickAny)(ordinal)
    if (keys !== undefined && (key === undefined || !keys.has(key))) fault = "unauthorized"
    else if (wire === ollama && !ollamaModels.includes(tagged(ask.model))) fault = "not-found"
    if (fault !== undefined) counters.byFault[fault] = (counters.byFault[fault] ?? 0) + 1
    const exchange: Exchange = {
      wire,
      path,
      ask,
      key,
      ordinal,
      text: answer(ask),
      retryAfterMillis,
      slowMillis
    }
    const respond = () => {
      if (!response.destroyed) {
        reply(response, exchange, fault, () => {
          cut = true
        })
      }
    }
    if (latencyMillis > 0) setTimeout(respond, latencyMillis)
    else respond()
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const path = (request.url ?? "/").split("?")[0]!
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const text = chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString()
      const wire = isQuestion(path) ? wireOf(path) : undefined
      if (wire !== undefined) onQuestion(wire, path, text, request, response)
      else if (!desk(request.method ?? "GET", path, text, response)) send(response, ...other(path, text))
    })
  })
  server.on("connection", () => counters.connections++)

  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(options.port ?? 0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo
      const url = `http://127.0.0.1:${port}`
      resolve({
        url,
        port,
        counters,
        requests,
        baseUrl: (wire) => `${url}/${wire}${wire === "openai" ? "/v1" : ""}`,
        setFaults,
        close: () =>
          new Promise((done) => {
            closing = true
            server.close(() => done())
            server.closeAllConnections()
          })
      })
    })
  })
}
