/** `warmline run`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const options = {
  study: Argument.String("study").pipe(
    Argument.withDescription("Study file, or the name of a shipped one (default: quick)"),
    Argument.optional
  ),
  model: Flag.String("model").pipe(
    Flag.withDescription(
      "Source PLUGIN/NAME or ./file.ts/NAME, repeatable. With a study it replaces its sources; without one it joins the embedded ones"
    ),
    Flag.atLeast(0)
  ),
  suite: Flag.String("suite").pipe(
    Flag.withDescription("Suite by name or folder, repeatable; replaces the study's"),
    Flag.atLeast(0)
  ),
  condition: Flag.String("condition").pipe(
    Flag.withDescription("Condition by name, repeatable; replaces the study's"),
    Flag.atLeast(0)
  ),
  instrument: Flag.String("instrument").pipe(
    Flag.withDescription("Instrument by name, repeatable; replaces the study's"),
    Flag.atLeast(0)
  ),
  epochs: flags
    .positive(Flag.Int("epochs"))
    .pipe(Flag.withDescription("Repeated answers to each post"), Flag.optional),
  limit: flags
    .positive(Flag.Int("limit"))
    .pipe(Flag.withDescription("Only the first N posts of each suite"), Flag.optional),
  seed: Flag.Int("seed").pipe(Flag.withDescription("Seed of the whole study"), Flag.optional),
  temperature: Flag.Finite("temperature").pipe(
    Flag.withDescription("Sampling temperature for every source"),
    Flag.optional
  ),
  maxConnections: flags
    .positive(Flag.Int("max-connections"))
    .pipe(
      Flag.withDescription("Calls in flight per provider and account (default: 16)"),
      Flag.withDefault(16)
    ),
  maxRetries: Flag.filter(
    Flag.Int("max-retries"),
    (n) => n >= 0,
    (n) => `${n} is below 0`
  ).pipe(Flag.withDescription("Tries after the first, per call (default: 5)"), Flag.withDefault(5)),
  timeout: flags
    .positive(Flag.Finite("timeout"))
    .pipe(Flag.withDescription("Seconds to wait for one request (default: 120)"), Flag.withDefault(120)),
  strict: Flag.Boolean("strict").pipe(
    Flag.withDescription("What a model cannot do (a seed, a temperature) is an error, not a note"),
    Flag.withDefault(false)
  ),
  noCache: Flag.Boolean("no-cache").pipe(
    Flag.withDescription("Ask again even where the store has an answer; the older one is kept"),
    Flag.withDefault(false)
  ),
  prices: Flag.String("prices").pipe(
    Flag.withDescription("YAML file of prices per million tokens that goes before the shipped ones"),
    Flag.optional
  ),
  costLimit: flags
    .positive(Flag.Finite("cost-limit"))
    .pipe(
      Flag.withDescription(
        "US dollars that the run may cost over all its starts; what is in flight is finished and kept"
      ),
      Flag.optional
    ),
  dryRun: Flag.Boolean("dry-run").pipe(
    Flag.withDescription("Print the plan and ask nobody"),
    Flag.withDefault(false)
  ),
  store: flags.store,
  output: flags.output,
  display: Flag.Literals("display", ["full", "plain", "none"]).pipe(
    Flag.withDescription(
      "Progress: a live line, plain lines, or nothing (default: full on a terminal, else plain)"
    ),
    Flag.optional
  ),
  json: flags.json
}

/** What the command was given. */
export type RunOptions = Command.Command.Config.Infer<typeof options>

export const run = Command.make(
  "run",
  options,
  Effect.fn(function* (given) {
    const { runStudy } = yield* Effect.promise(() => import("../actions/runStudy.ts"))
    yield* runStudy(given)
  })
).pipe(
  Command.withDescription(
    "Plan, generate, rate, estimate. Finished work is skipped, so the same command resumes"
  ),
  Command.withExamples([
    {
      command: "warmline run",
      description: "The quick study: 120 posts, the embedded sources, no key needed"
    },
    { command: "warmline run --model ./my-model.ts", description: "Your own model beside the embedded ones" },
    { command: "warmline run study-2 --dry-run", description: "What a study would ask" }
  ])
)
