/** `warmline gate`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { callFlags } from "../callFlags.ts"
import * as flags from "../flags.ts"

const options = {
  run: Argument.String("run").pipe(
    Argument.withDescription("Run of the candidate (default: the newest; see `warmline list runs`)"),
    Argument.optional
  ),
  baseline: Flag.String("baseline").pipe(Flag.withDescription("File that `warmline baseline save` wrote")),
  margin: flags
    .positive(Flag.Finite("margin"))
    .pipe(
      Flag.withDescription("Points of the scale that the candidate may be worse by; fix it before you look")
    ),
  metric: Flag.String("metric").pipe(
    Flag.withDescription(
      "INSTRUMENT, or INSTRUMENT/DIMENSION, repeatable; all have to hold (default: the study's first instrument)"
    ),
    Flag.atLeast(0)
  ),
  maxRisk: Flag.Finite("max-risk").pipe(
    Flag.withDescription("Highest mean of each dimension of the instrument risk that the candidate may have"),
    Flag.optional
  ),
  maxMissing: Flag.filter(
    Flag.Finite("max-missing"),
    (share) => share >= 0 && share < 1,
    (share) => `${share} is not a share from 0 to below 1`
  ).pipe(
    Flag.withDescription(
      "Share of the posts that may lack a score of the candidate in a pass (default: 0.05)"
    ),
    Flag.withDefault(0.05)
  ),
  source: Flag.String("source").pipe(
    Flag.withDescription("Candidate (default: the source called as the baseline's, else the run's only one)"),
    Flag.optional
  ),
  rater: Flag.String("rater").pipe(
    Flag.withDescription(
      "Judge or proxy whose ratings count, repeatable (default: all judges, or all proxies where no judge rated)"
    ),
    Flag.atLeast(0)
  ),
  exemplars: Flag.String("exemplars").pipe(
    Flag.withDescription("YAML file of the rated examples that the judges were shown, where they were"),
    Flag.optional
  ),
  junit: Flag.String("junit").pipe(Flag.withDescription("Write the result as JUnit XML"), Flag.optional),
  summary: Flag.String("summary").pipe(
    Flag.withDescription(
      "Append the result as Markdown (default: the file GITHUB_STEP_SUMMARY names, if any)"
    ),
    Flag.optional
  ),
  annotations: Flag.Boolean("annotations").pipe(
    Flag.withDescription("Annotate for GitHub Actions (default: where GITHUB_ACTIONS is true)"),
    Flag.optional
  ),
  studyFolder: Flag.String("study-folder").pipe(
    Flag.withDescription("Folder that a rater's ./file.ts starts from (default: this one)"),
    Flag.withDefault(".")
  ),
  ...callFlags,
  store: flags.store,
  json: flags.json
}

/** What the command was given. */
export type GateOptions = Command.Command.Config.Infer<typeof options>

export const gate = Command.make(
  "gate",
  options,
  Effect.fn(function* (given) {
    const { answerGate } = yield* Effect.promise(() => import("../actions/answerGate.ts"))
    yield* answerGate(given)
  })
).pipe(
  Command.withDescription(
    "Is the candidate worse than a baseline? Exit code 0 pass, 100 fail, 101 inconclusive"
  ),
  Command.withExamples([
    {
      command: "warmline gate --baseline results/baseline.json --margin 0.2",
      description: "The newest run must not be worse by 0.2 points"
    },
    {
      command: "warmline gate quick-1a2b3c4d --baseline results/baseline.json --margin 0.2 --junit gate.xml",
      description: "A given run, with a file for the CI system"
    },
    {
      command: "warmline gate --baseline results/baseline.json --margin 0.2 --dry-run",
      description: "What judging the baseline's texts again would cost"
    }
  ])
)
