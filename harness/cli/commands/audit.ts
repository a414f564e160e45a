/** `warmline audit`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { callFlags } from "../callFlags.ts"
import * as flags from "../flags.ts"

const share = (name: string, description: string, value: number) =>
  flags
    .positive(Flag.Finite(name))
    .pipe(Flag.withDescription(`${description} (default: ${value})`), Flag.withDefault(value))

const options = {
  judge: Argument.String("judge").pipe(
    Argument.withDescription("Judge PLUGIN/NAME, or a rating formula such as lexical")
  ),
  instrument: Flag.String("instrument").pipe(
    Flag.withDescription("Instrument, repeatable (default: perceived-empathy)"),
    Flag.atLeast(0)
  ),
  margin: share("margin", "Largest shift that does not matter, as a share of the scale", 0.075),
  least: share("least", "Least fall of a text that got worse, as a share of the scale", 0.125),
  repeats: flags
    .positive(Flag.Int("repeats"))
    .pipe(
      Flag.withDescription("Verdicts on each text for repeatability, at temperature 0 and 1 (default: 3)"),
      Flag.withDefault(3)
    ),
  again: Flag.Boolean("again").pipe(
    Flag.withDescription(
      "Ask about the frozen texts anew and compare with what was stored: has the judge changed?"
    ),
    Flag.withDefault(false)
  ),
  ...callFlags,
  store: flags.store,
  json: flags.json
}

/** What the command was given. */
export type AuditOptions = Command.Command.Config.Infer<typeof options>

export const audit = Command.make(
  "audit",
  options,
  Effect.fn(function* (given) {
    const { auditJudge } = yield* Effect.promise(() => import("../actions/auditJudge.ts"))
    yield* auditJudge(given)
  })
).pipe(
  Command.withDescription(
    "Try to fool a judge with a fixed set of texts, each changed in one respect; exit code 1 when a check fails"
  ),
  Command.withExamples([
    { command: "warmline audit openai/gpt-4.1", description: "All checks on perceived empathy" },
    {
      command: "warmline audit openai/gpt-4.1 --again",
      description: "Later: has the judge behind the name changed?"
    }
  ])
)
