/** Flags that say how judges are asked; they go before what the study file says under `judging:`. */
import { type Command, Flag } from "effect/cli"
import { positive } from "./flags.ts"

export const judgeFlags = {
  judgeJoint: Flag.Boolean("judge-joint").pipe(
    Flag.withDescription("Ask for all dimensions of an instrument in one call (default: one call each)"),
    Flag.withDefault(false)
  ),
  judgeEpochs: positive(Flag.Int("judge-epochs")).pipe(
    Flag.withDescription("Repeated verdicts on each text (default: 1)"),
    Flag.optional
  ),
  judgePrompt: Flag.String("judge-prompt").pipe(
    Flag.withDescription("Markdown file with the judges' prompt (default: rubric, which is shipped)"),
    Flag.optional
  ),
  exemplars: Flag.String("exemplars").pipe(
    Flag.withDescription(
      "YAML file of rated examples to show judges; refused when they are judged themselves"
    ),
    Flag.optional
  ),
  families: Flag.String("families").pipe(
    Flag.withDescription("YAML table of model families that goes before the shipped one"),
    Flag.optional
  ),
  allowSelf: Flag.Boolean("allow-self").pipe(
    Flag.withDescription("Let judges rate sources of their own family too; the output says so"),
    Flag.withDefault(false)
  )
}

/** What those flags were given. */
export type JudgeFlags = Command.Command.Config.Infer<typeof judgeFlags>
