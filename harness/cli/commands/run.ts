/** `warmline run`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { batch, callFlags, cancelBatch } from "../callFlags.ts"
import * as flags from "../flags.ts"
import { judgeFlags } from "../judgeFlags.ts"

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
  judge: Flag.String("judge").pipe(
    Flag.withDescription("Judge PLUGIN/NAME that rates the answers, repeatable; joins the study's raters"),
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
  ...callFlags,
  batch,
  cancelBatch,
  ...judgeFlags,
  noCache: Flag.Boolean("no-cache").pipe(
    Flag.withDescription("Ask again even where the store has an answer; the older one is kept"),
    Flag.withDefault(false)
  ),
  store: flags.store,
  output: flags.output,
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
