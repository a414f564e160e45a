/** A body of JSON lines, read as it comes: results of a batch may be larger than memory should hold. */
import { Effect, Stream } from "effect"
import type { ModelError } from "./ModelError.ts"
import { Malformed } from "./ModelError.ts"
import { errorFromThrown } from "./thrown.ts"

/** No line of results is longer: an answer with its log-probabilities is far below. */
const longestLine = 32 * 1024 * 1024

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ""
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n")
    rest = lines.pop()!
    if (rest.length > longestLine) throw new Malformed({ message: "a line of the results is too long" })
    for (const line of lines) if (line.trim() !== "") yield line
  }
  rest += decoder.decode()
  if (rest.trim() !== "") yield rest
}

/** Each line parsed; `undefined` for one that is not JSON. Fails when the connection ends before the body. */
export const jsonLines = <E>(open: Effect.Effect<Response, E>): Stream.Stream<unknown, E | ModelError> =>
  Stream.unwrap(
    Effect.map(open, (response) =>
      response.body === null
        ? Stream.empty
        : Stream.fromAsyncIterable(linesOf(response.body), (thrown) => errorFromThrown(thrown)).pipe(
            Stream.map((line) => {
              try {
                return JSON.parse(line) as unknown
              } catch {
                return undefined
              }
            })
          )
    )
  )

/** A `fetch` for uploads and results: bodies of any kind and size. A key must not travel, so no redirect is followed. */
export const streamingFetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
  fetch(input, { ...init, redirect: "error" })
