/** Flags of every command that asks models: how patiently, how dearly, and whether at all. */
import { Flag } from "effect/cli"
import { positive } from "./flags.ts"

/** `--cancel-batch`, beside `--batch`. */
export const cancelBatch = Flag.Boolean("cancel-batch").pipe(
  Flag.withDescription(
    "Cancel the run's batches at the provider first; with --batch what they had finished is fetched, and one that is not there any more is given up"
  ),
  Flag.withDefault(false)
)

/** `--batch`, of commands whose questions can wait. */
export const batch = Flag.Boolean("batch").pipe(
  Flag.withDescription(
    "Hand questions in as batches, where the provider has them: cheaper, and answered within a day; the same command picks them up again"
  ),
  Flag.withDefault(false)
)

export const callFlags = {
  maxConnections: positive(Flag.Int("max-connections")).pipe(
    Flag.withDescription("Calls in flight per provider and account (default: 16)"),
    Flag.withDefault(16)
  ),
  maxRetries: Flag.filter(
    Flag.Int("max-retries"),
    (n) => n >= 0,
    (n) => `${n} is below 0`
  ).pipe(Flag.withDescription("Tries after the first, per call (default: 5)"), Flag.withDefault(5)),
  timeout: positive(Flag.Finite("timeout")).pipe(
    Flag.withDescription("Seconds to wait for one request (default: 120)"),
    Flag.withDefault(120)
  ),
  strict: Flag.Boolean("strict").pipe(
    Flag.withDescription("What a model cannot do (a seed, a temperature) is an error, not a note"),
    Flag.withDefault(false)
  ),
  prices: Flag.String("prices").pipe(
    Flag.withDescription("YAML file of prices per million tokens that goes before the shipped ones"),
    Flag.optional
  ),
  costLimit: positive(Flag.Finite("cost-limit")).pipe(
    Flag.withDescription(
      "US dollars that the run may cost over all its starts; what is in flight is finished and kept"
    ),
    Flag.optional
  ),
  dryRun: Flag.Boolean("dry-run").pipe(
    Flag.withDescription("Print the plan and ask nobody"),
    Flag.withDefault(false)
  ),
  display: Flag.Literals("display", ["full", "plain", "none"]).pipe(
    Flag.withDescription(
      "Progress: a live line, plain lines, or nothing (default: full on a terminal, else plain)"
    ),
    Flag.optional
  )
}
