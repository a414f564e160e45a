/**
 * A `fetch` for calls to providers: keep-alive connections of its own, the whole answer read before it
 * resolves, no streams in between. An SDK given this instead of the global one uses about half the CPU. It has
 * no timeout (the harness has), follows no redirect (a key must not travel) and asks for no compression.
 */
import { Effect, type Scope } from "effect"
import type { Agent, Dispatcher } from "undici"
import { BufferedResponse, mostBytes, type RawHeaders } from "./BufferedResponse.ts"
import { Malformed } from "./ModelError.ts"

/** The form in which every SDK takes it. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** Where a URL leads, remembered: an SDK asks the same one thousands of times. */
const targets = new Map<string, { readonly origin: string; readonly path: string }>()

const targetOf = (url: string) => {
  const known = targets.get(url)
  if (known) return known
  const { origin, pathname, search } = new URL(url)
  const target = { origin, path: pathname + search }
  if (targets.size === 100) targets.clear()
  targets.set(url, target)
  return target
}

/** Names and values in turn, the form that costs undici least. */
const flat = (headers: RequestInit["headers"]): string[] => {
  const list: string[] = []
  if (headers === undefined) return list
  const entries =
    headers instanceof Headers || Array.isArray(headers)
      ? (headers as Iterable<[string, string]>)
      : Object.entries(headers as Record<string, string>)
  for (const [name, value] of entries) if (value !== undefined) list.push(name, value)
  return list
}

/** Collects one answer. */
class Collector implements Dispatcher.DispatchHandler {
  readonly #url: string
  readonly #signal: AbortSignal | undefined
  readonly #resolve: (response: Response) => void
  readonly #reject: (reason: unknown) => void
  #controller: Dispatcher.DispatchController | undefined
  #status = 0
  #statusText = ""
  #headers: RawHeaders = {}
  #chunks: Buffer[] = []
  #length = 0

  constructor(
    url: string,
    signal: AbortSignal | undefined,
    resolve: (response: Response) => void,
    reject: (reason: unknown) => void
  ) {
    this.#url = url
    this.#signal = signal
    this.#resolve = resolve
    this.#reject = reject
    signal?.addEventListener("abort", this)
  }
  /** The signal's listener: an object, so that nothing is bound for each call. */
  handleEvent(): void {
    const reason = this.#signal?.reason
    this.#controller?.abort(reason)
    this.#fail(reason)
  }
  #fail(reason: unknown): void {
    this.#signal?.removeEventListener("abort", this)
    this.#chunks = []
    this.#reject(reason)
  }
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#signal?.aborted) controller.abort(this.#signal.reason)
  }
  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: RawHeaders,
    statusText?: string
  ): void {
    this.#status = status
    this.#statusText = statusText ?? ""
    this.#headers = headers
  }
  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.length
    if (this.#length > mostBytes) {
      controller.abort(new Malformed({ message: `the answer is larger than ${mostBytes >> 20} MiB` }))
      return
    }
    this.#chunks.push(chunk)
  }
  onResponseEnd(): void {
    this.#signal?.removeEventListener("abort", this)
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
    this.#resolve(
      new BufferedResponse(
        this.#status,
        this.#statusText,
        this.#url,
        this.#headers,
        bytes
      ) as unknown as Response
    )
  }
  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error)
  }
}

const fetchThrough =
  (agent: Agent): Fetch =>
  async (input, init) => {
    const request = input instanceof Request ? input : undefined
    const url = request?.url ?? String(input)
    const signal = init?.signal ?? request?.signal
    signal?.throwIfAborted()
    const body = init?.body ?? (request?.body ? await request.text() : undefined)
    if (body !== undefined && body !== null && typeof body !== "string" && !(body instanceof Uint8Array)) {
      throw new TypeError("the pooled fetch sends texts and bytes only")
    }
    const { origin, path } = targetOf(url)
    return new Promise((resolve, reject) => {
      agent.dispatch(
        {
          origin,
          path,
          method: (init?.method ?? request?.method ?? "GET") as Dispatcher.HttpMethod,
          headers: flat(init?.headers ?? request?.headers),
          body: body ?? null
        },
        new Collector(url, signal ?? undefined, resolve, reject)
      )
    })
  }

/**
 * A pooled `fetch` for as long as the scope lasts; then its connections are closed, and what is in flight is
 * aborted. The number of connections is not limited here: the harness's own limit on calls is the limit.
 */
export const pooledFetch: Effect.Effect<Fetch, never, Scope.Scope> = Effect.gen(function* () {
  // By its default export, which is there whether it is bundled or not.
  const { default: undici } = yield* Effect.promise(() => import("undici"))
  const agent = yield* Effect.acquireRelease(
    Effect.sync(() => new undici.Agent({ headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 10_000 })),
    (agent) => Effect.promise(() => agent.destroy())
  )
  return fetchThrough(agent)
})
