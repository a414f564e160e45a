/** What commands that ask models have in common: how they ask, and what they say when they end early. */
import { Duration, Effect, Option } from "effect"
import { counted } from "../../leaderboard/formatNumber.ts"
import type { Caller, CallOptions } from "../../run/Caller.ts"

/** The flags of `callFlags.ts` as a caller takes them. */
export const callOptions = (
  given: {
    readonly maxConnections: number
    readonly maxRetries: number
    readonly timeout: number
    readonly costLimit: Option.Option<number>
  },
  fresh: boolean
): CallOptions => ({
  maxConnections: given.maxConnections,
  maxRetries: given.maxRetries,
  timeout: Duration.seconds(given.timeout),
  fresh,
  costLimit: Option.getOrUndefined(given.costLimit)
})

/** Says that the money ran out, and how to go on. */
export const sayLimitReached = (caller: Caller): void => {
  process.stderr.write(
    `warmline: the cost limit is reached ($${caller.spent().toFixed(4)} spent); what is finished is kept, and the same command with a higher --cost-limit goes on\n`
  )
}

/** Says what batches brought, and what it cost both ways. */
export const sayBatched = (caller: Caller): void => {
  const { answers, cost, alone } = caller.batched?.() ?? { answers: 0, cost: 0, alone: 0 }
  if (answers === 0) return
  const money =
    cost === undefined || alone === undefined
      ? "their price is unknown"
      : `they cost $${cost.toFixed(4)}, and one by one would have cost $${alone.toFixed(4)}`
  process.stderr.write(`warmline: ${counted(answers, "answer")} came in batches: ${money}\n`)
}

/** Says, after Ctrl-C, that nothing is lost. */
export const sayInterrupted = (store: string, batch = false) =>
  Effect.onInterrupt(() =>
    Effect.sync(() => {
      process.stderr.write(
        `\nwarmline: interrupted; what is finished is kept in ${store}, and the same command goes on from there${batch ? "; batches that were handed in go on at the provider, and the same command fetches them" : ""}\n`
      )
    })
  )
