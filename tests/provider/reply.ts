/** Sends what was decided: an answer, an error, or one of the ways in which a connection goes wrong. */
import type { ServerResponse } from "node:http"
import type { Fault } from "./faults.ts"
import type { Ask, Denied, Told, Wire } from "./Wire.ts"

/** What a reply needs to know. */
export interface Exchange {
  readonly wire: Wire
  readonly path: string
  readonly ask: Ask
  readonly key: string | undefined
  readonly ordinal: number
  readonly text: string
  readonly retryAfterMillis: number
  readonly slowMillis: number
}

/** Tells the server that a connection was ended here and not by the client. */
export type OnCut = () => void

const json = (ndjson: boolean) => (ndjson ? "application/x-ndjson" : "application/json")

const headersFor = (body: string, type: string, id: string) => ({
  "content-type": type,
  "content-length": Buffer.byteLength(body),
  "x-request-id": `req_${id}`
})

const denials: { readonly [F in Fault]?: Omit<Denied, "message"> & { readonly message?: string } } = {
  "rate-limit": { status: 429, kind: "rate", message: "Rate limit reached, slow down" },
  "rate-limit-date": { status: 429, kind: "rate", message: "Rate limit reached, slow down" },
  "rate-limit-reset": { status: 429, kind: "rate", message: "Rate limit reached, slow down" },
  quota: { status: 429, kind: "quota", message: "You exceeded your current quota" },
  "server-error": { status: 500, kind: "server", message: "The server had an error" },
  overloaded: { status: 529, kind: "overloaded", message: "Overloaded" },
  "prompt-filter": { status: 400, kind: "filter", message: "The prompt was stopped by the content filter" },
  unauthorized: { status: 401, kind: "auth" },
  "not-found": { status: 404, kind: "not found" },
  "bad-request": { status: 400, kind: "bad request" }
}

/** What an error says; two of them hold the key, as careless providers' do. */
const denialText = (fault: Fault, exchange: Exchange): string =>
  fault === "unauthorized"
    ? `Incorrect API key provided: ${exchange.key ?? "(none)"}. You can find your key in the settings.`
    : fault === "bad-request"
      ? `Invalid request for ${exchange.ask.model} by ${exchange.key ?? "(none)"}`
      : `The model '${exchange.ask.model}' does not exist`

const waiting = (fault: Fault, exchange: Exchange, now: number): Record<string, string> => {
  const { retryAfterMillis: millis, wire } = exchange
  switch (fault) {
    case "rate-limit":
      return { "retry-after": String(Math.ceil(millis / 1000)) }
    case "rate-limit-date":
      return { "retry-after": new Date(Math.ceil((now + millis) / 1000) * 1000).toUTCString() }
    case "rate-limit-reset":
      return wire.reset(millis, now)
    default:
      return {}
  }
}

/** A raw HTTP response, for what the server's own `ServerResponse` would refuse to send. */
const raw = (body: string, type: string, id: string): string =>
  `HTTP/1.1 200 OK\r\n${Object.entries(headersFor(body, type, id))
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n${body}`

/** The first piece at once, the last after `millis`. */
const drip = (response: ServerResponse, body: string, millis: number): void => {
  const bytes = Buffer.from(body)
  const pieces = 10
  const size = Math.ceil(bytes.length / pieces)
  let sent = 0
  const next = () => {
    if (response.destroyed) return
    response.write(bytes.subarray(sent, sent + size))
    sent += size
    if (sent >= bytes.length) response.end()
    else setTimeout(next, millis / (pieces - 1))
  }
  next()
}

/** Answers one request with the fault it meets, or as it should be. */
export const reply = (
  response: ServerResponse,
  exchange: Exchange,
  fault: Fault | undefined,
  onCut: OnCut
): void => {
  const { wire, path, ask } = exchange
  const id = exchange.ordinal.toString(36).padStart(8, "0")
  const denial = fault === undefined ? undefined : denials[fault]
  if (fault !== undefined && denial !== undefined) {
    const body = wire.deny({ ...denial, message: denial.message ?? denialText(fault, exchange) })
    response.writeHead(denial.status, {
      ...headersFor(body, json(false), id),
      ...waiting(fault, exchange, Date.now())
    })
    response.end(body)
    return
  }
  if (fault === "hang") return
  const told: Told =
    fault === "empty"
      ? { text: "", finish: "stop", id }
      : fault === "refusal"
        ? { text: "I'm sorry, but I can't help with that.", finish: "refusal", id }
        : fault === "content-filter"
          ? { text: exchange.text.slice(0, 20), finish: "content_filter", id }
          : fault === "length"
            ? { text: exchange.text.slice(0, 40), finish: "length", id }
            : { text: exchange.text, finish: "stop", id }
  const body = wire.write(path, ask, told)
  const type = json(wire.name === "ollama" && ask.stream)
  switch (fault) {
    case "drop":
      response.writeHead(200, headersFor(body, type, id))
      onCut()
      response.write(body.slice(0, body.length >> 1), () => response.socket?.destroy())
      return
    case "malformed": {
      const broken = body.slice(0, body.length >> 1)
      response.writeHead(200, headersFor(broken, type, id))
      response.end(broken)
      return
    }
    case "wrong-type": {
      const page = "<!doctype html><title>Gateway</title><p>Please come back later.</p>"
      response.writeHead(200, headersFor(page, "text/html", id))
      response.end(page)
      return
    }
    case "slow":
      response.writeHead(200, headersFor(body, type, id))
      drip(response, body, exchange.slowMillis)
      return
    case "duplicate": {
      const { socket } = response
      socket?.cork()
      response.writeHead(200, headersFor(body, type, id))
      response.end(body)
      socket?.write(raw(body, type, id))
      socket?.uncork()
      return
    }
    default:
      response.writeHead(200, headersFor(body, type, id))
      response.end(body)
  }
}
