/** OpenAI's SDK, loaded when first needed, with nothing taken from the environment behind the harness's back. */
import { Effect, Redacted } from "effect"
import type OpenAI from "openai"
import type { Fetch } from "../../harness/model/pooledFetch.ts"

/** The longest a timer can wait: the harness has its own timeout, so the SDK's must not come first. */
export const never = 2 ** 31 - 1

/** A client without retries, timeout or log of its own. */
export const openaiClient = (options: {
  readonly key: Redacted.Redacted
  readonly baseUrl: string
  readonly fetch: Fetch
  readonly organization?: string | undefined
  readonly project?: string | undefined
}): Effect.Effect<OpenAI> =>
  Effect.map(
    Effect.promise(() => import("openai")),
    ({ default: Client }) =>
      new Client({
        apiKey: Redacted.value(options.key),
        adminAPIKey: null,
        baseURL: options.baseUrl,
        organization: options.organization ?? null,
        project: options.project ?? null,
        fetch: options.fetch,
        maxRetries: 0,
        timeout: never,
        logLevel: "off"
      })
  )
