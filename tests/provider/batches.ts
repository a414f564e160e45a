/**
 * The batch interfaces of OpenAI (`/openai/v1/files`, `/openai/v1/batches`) and Anthropic
 * (`/anthropic/v1/messages/batches`): requests in, looks, results in another order, and what goes wrong there.
 */
import type { ServerResponse } from "node:http"
import { type Ask, fields, type Wire } from "./Wire.ts"

/** What goes wrong with batches. Rates are shares of requests, by their ordinal. */
export interface BatchFaults {
  /** Looks until it has ended; 3 by default. */
  readonly looks?: number
  /** Share of requests that fail on their own. */
  readonly refuse?: number
  /** Share of requests without a line in the results. */
  readonly omit?: number
  /** Share of lines that come twice. */
  readonly twice?: number
  /** Share of lines that are no JSON. */
  readonly malformed?: number
  /** The batch expires when this share is answered. */
  readonly expireAt?: number
  /** The first so many times results are fetched, the connection is cut in the middle. */
  readonly cuts?: number
  /** The first so many batches are taken, but their taker never hears of it. */
  readonly unheard?: number
  /** The provider turns every batch down. */
  readonly closed?: boolean
}

interface Batch {
  readonly id: string
  readonly wire: "openai" | "anthropic"
  readonly requests: readonly { readonly key: string; readonly body: Record<string, unknown> }[]
  readonly endpoint: string
  readonly metadata: unknown
  readonly createdAt: number
  looks: number
  cancelled: boolean
}

/** Whether one in `1 / share` falls on this ordinal, evenly spread. */
const falls = (ordinal: number, share = 0) => Math.floor((ordinal + 1) * share) > Math.floor(ordinal * share)

/** The part of a multipart body that is the file. */
const fileIn = (body: string): string => {
  const mark = /^--([^\r\n]+)\r\n/.exec(body)?.[1] ?? ""
  const part = body.split(`--${mark}`).find((one) => /filename=/.test(one.slice(0, 400))) ?? ""
  return part.slice(part.indexOf("\r\n\r\n") + 4).replace(/\r\n$/, "")
}

/** Answers what is asked of batches; false where a path is something else's. */
export const batchDesk = (
  wires: { readonly openai: Wire; readonly anthropic: Wire },
  answer: (ask: Ask) => string,
  faults: BatchFaults,
  counters: { batches: number; batchedRequests: number }
) => {
  const batches: Batch[] = []
  const files = new Map<string, string>()
  let cuts = faults.cuts ?? 0
  let unheard = faults.unheard ?? 0

  const isOver = ({ looks, cancelled }: Batch) => cancelled || looks >= (faults.looks ?? 3)

  /** The requests that have an answer when the batch is over. */
  const answered = (batch: Batch) =>
    faults.expireAt === undefined
      ? batch.requests
      : batch.requests.slice(0, Math.floor(faults.expireAt * batch.requests.length))

  const lineOf = (batch: Batch, ordinal: number): string => {
    const { key, body } = batch.requests[ordinal]!
    const wire = wires[batch.wire]
    const path = batch.wire === "openai" ? batch.endpoint : "/v1/messages"
    const ask = wire.read(path, body)
    const refused = falls(ordinal, faults.refuse)
    const told = refused
      ? undefined
      : JSON.parse(wire.write(path, ask, { text: answer(ask), finish: "stop", id: `${batch.id}-${ordinal}` }))
    const line =
      batch.wire === "openai"
        ? {
            id: `line-${ordinal}`,
            custom_id: key,
            response: { status_code: refused ? 500 : 200, request_id: "r", body: told ?? {} },
            error: refused ? { code: "server_error", message: "it failed on its own" } : null
          }
        : {
            custom_id: key,
            result: refused
              ? {
                  type: "errored",
                  error: { type: "error", error: { type: "api_error", message: "it failed on its own" } }
                }
              : { type: "succeeded", message: told }
          }
    return falls(ordinal, faults.malformed) ? `${JSON.stringify(line).slice(0, 40)}` : JSON.stringify(line)
  }

  /** In an order of its own: the last first. */
  const resultsOf = (batch: Batch): string =>
    answered(batch)
      .map((_, ordinal) => ordinal)
      .reverse()
      .filter((ordinal) => !falls(ordinal, faults.omit))
      .flatMap((ordinal) => {
        const line = lineOf(batch, ordinal)
        return falls(ordinal, faults.twice) ? [line, line] : [line]
      })
      .map((line) => `${line}\n`)
      .join("")

  const shown = (batch: Batch): unknown => {
    const over = isOver(batch)
    const done = over ? answered(batch).length : 0
    const expired = over && faults.expireAt !== undefined
    if (batch.wire === "anthropic") {
      return {
        id: batch.id,
        type: "message_batch",
        processing_status: over ? "ended" : "in_progress",
        request_counts: {
          processing: over ? 0 : batch.requests.length,
          succeeded: done,
          errored: 0,
          canceled: 0,
          expired: over ? batch.requests.length - done : 0
        },
        created_at: new Date(batch.createdAt).toISOString(),
        results_url: over ? "http://elsewhere.invalid/results" : null
      }
    }
    const status = batch.cancelled ? "cancelled" : expired ? "expired" : over ? "completed" : "in_progress"
    return {
      id: batch.id,
      object: "batch",
      endpoint: batch.endpoint,
      status,
      output_file_id: over ? `output-${batch.id}` : null,
      error_file_id: null,
      created_at: Math.floor(batch.createdAt / 1000),
      request_counts: { total: batch.requests.length, completed: done, failed: 0 },
      metadata: batch.metadata,
      errors: null
    }
  }

  const send = (response: ServerResponse, body: unknown, status = 200): true => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
    return true
  }

  const sendResults = (response: ServerResponse, batch: Batch): true => {
    const body = resultsOf(batch)
    response.writeHead(200, {
      "content-type": "application/x-jsonl",
      "content-length": Buffer.byteLength(body)
    })
    if (cuts > 0) {
      cuts--
      response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy())
    } else response.end(body)
    return true
  }

  const take = (
    response: ServerResponse,
    batch: Omit<Batch, "id" | "looks" | "cancelled" | "createdAt">
  ): true => {
    if (faults.closed)
      return send(response, { error: { type: "invalid_request_error", message: "no batches today" } }, 400)
    const made: Batch = {
      ...batch,
      id: `batch_${batches.length + 1}`,
      createdAt: Date.now(),
      looks: 0,
      cancelled: false
    }
    batches.push(made)
    counters.batches++
    counters.batchedRequests += made.requests.length
    if (unheard > 0) {
      unheard--
      response.destroy()
      return true
    }
    return send(response, shown(made))
  }

  const listed = (wire: Batch["wire"]) => ({
    object: "list",
    data: batches
      .filter((batch) => batch.wire === wire)
      .map(shown)
      .reverse(),
    has_more: false,
    first_id: null,
    last_id: null
  })

  const one = (response: ServerResponse, id: string, part: string | undefined): true => {
    const batch = batches.find((entry) => entry.id === id)
    if (batch === undefined) return send(response, { error: { message: `no batch ${id}` } }, 404)
    if (part === "cancel") batch.cancelled = true
    else if (part === "results") return sendResults(response, batch)
    else batch.looks++
    return send(response, shown(batch))
  }

  return (method: string, path: string, text: string, response: ServerResponse): boolean => {
    const parts = path.split("/").slice(1)
    if (parts[0] === "anthropic" && parts[2] === "messages" && parts[3] === "batches") {
      if (parts[4] !== undefined) return one(response, parts[4], parts[5])
      if (method === "GET") return send(response, listed("anthropic"))
      const requests = fields(JSON.parse(text)).requests as {
        custom_id: string
        params: Record<string, unknown>
      }[]
      return take(response, {
        wire: "anthropic",
        endpoint: "/v1/messages",
        metadata: null,
        requests: requests.map(({ custom_id: key, params: body }) => ({ key, body }))
      })
    }
    if (parts[0] !== "openai") return false
    if (parts[2] === "files") {
      if (method === "POST") {
        const id = `file-${files.size + 1}`
        files.set(id, fileIn(text))
        return send(response, { id, object: "file", purpose: "batch" })
      }
      const batch = batches.find(({ id }) => parts[3] === `output-${id}`)
      return batch === undefined
        ? send(response, { error: { message: "no such file" } }, 404)
        : sendResults(response, batch)
    }
    if (parts[2] !== "batches") return false
    if (parts[3] !== undefined) return one(response, parts[3], parts[4])
    if (method === "GET") return send(response, listed("openai"))
    const asked = fields(JSON.parse(text))
    const lines = (files.get(String(asked.input_file_id)) ?? "").split("\n").filter((line) => line !== "")
    return take(response, {
      wire: "openai",
      endpoint: String(asked.endpoint),
      metadata: asked.metadata,
      requests: lines.map((line) => {
        const { custom_id: key, body } = JSON.parse(line) as {
          custom_id: string
          body: Record<string, unknown>
        }
        return { key, body }
      })
    })
  }
}
