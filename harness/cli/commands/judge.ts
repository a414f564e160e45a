/** `warmline judge`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { batch, callFlags, cancelBatch } from "../callFlags.ts"
import * as flags from "../flags.ts"
import { judgeFlags } from "../judgeFlags.ts"

const options = {
  run: Argument.String("run").pipe(
    Argument.withDescription("Run whose answers are judged (`warmline list runs` names them)")
  ),
  judge: Flag.String("judge").pipe(Flag.withDescription("Judge PLUGIN/NAME, repeatable"), Flag.atLeast(1)),
  pairwise: Flag.Boolean("pairwise").pipe(
    Flag.withDescription("Compare the answers two by two, in both orders, rather than rate them one by one"),
    Flag.withDefault(false)
  ),
  pairs: flags
    .positive(Flag.Int("pairs"))
    .pipe(
      Flag.withDescription(
        "With --pairwise: at most N pairs, chosen as verdicts come in (default: all pairs)"
      ),
      Flag.optional
    ),
  ...judgeFlags,
  ...callFlags,
  batch,
  cancelBatch,
  store: flags.store,
  output: flags.output,
  json: flags.json
}

/** What the command was given. */
export type JudgeOptions = Command.Command.Config.Infer<typeof options>

export const judge = Command.make(
  "judge",
  options,
  Effect.fn(function* (given) {
    const { judgeStored } = yield* Effect.promise(() => import("../actions/judgeStored.ts"))
    yield* judgeStored(given)
  })
).pipe(
  Command.withDescription(
    "Have one more judge rate the answers of a run. What is rated already is skipped, so the same command resumes"
  ),
  Command.withExamples([
    {
      command: "warmline judge quick-1a2b3c4d --judge openai/gpt-4.1 --dry-run",
      description: "What it would ask and cost"
    },
    {
      command: "warmline judge quick-1a2b3c4d --judge openai/gpt-4.1 --judge mistral/mistral-large-latest",
      description: "A panel of two"
    }
  ])
)
