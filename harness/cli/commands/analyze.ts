/** `warmline analyze`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const options = {
  file: Argument.String("file").pipe(
    Argument.withDescription("CSV file with a header and one rating a row; an empty cell or NA is missing")
  ),
  rating: flags.column("rating", "Column of the ratings"),
  source: flags.column("source", "Column of what was rated: model, person, program"),
  rater: flags.column("rater", "Column of who rated"),
  post: flags.column("post", "Column of the post that was answered"),
  domain: Flag.String("domain").pipe(
    Flag.withDescription("Column of the posts' domains, for the models domain and ranking"),
    Flag.optional
  ),
  length: Flag.String("length").pipe(
    Flag.withDescription(
      "Column of the answers' lengths in words, for the model length (as centred logarithm)"
    ),
    Flag.optional
  ),
  text: Flag.String("text").pipe(
    Flag.withDescription(
      "Column that tells several answers of a source to one post apart, for the model ranking"
    ),
    Flag.optional
  ),
  levels: Flag.String("levels").pipe(
    Flag.withDescription(
      "Order of the sources, such as human,gpt4; the first is the reference (default: as they first appear)"
    ),
    Flag.optional
  ),
  model: Flag.Literals("model", ["paper", "response", "full", "length", "domain", "ranking"]).pipe(
    Flag.withDescription("Mixed model; docs/statistics.md says what each estimates (default: ranking)"),
    Flag.withDefault("ranking" as const)
  ),
  method: Flag.Literals("method", ["reml", "ml"]).pipe(
    Flag.withDescription("Restricted or plain maximum likelihood (default: reml)"),
    Flag.withDefault("reml" as const)
  ),
  df: Flag.Literals("df", ["satterthwaite", "asymptotic"]).pipe(
    Flag.withDescription("Degrees of freedom, or the normal distribution (default: satterthwaite)"),
    Flag.withDefault("satterthwaite" as const)
  ),
  adjust: Flag.Literals("adjust", ["tukey", "holm", "bonferroni", "none"]).pipe(
    Flag.withDescription("Adjustment over all pairs of sources (default: tukey)"),
    Flag.withDefault("tukey" as const)
  ),
  json: flags.json
}

/** What the command was given. */
export type AnalyzeOptions = Command.Command.Config.Infer<typeof options>

export const analyze = Command.make(
  "analyze",
  options,
  Effect.fn(function* (given) {
    const { analyzeFile } = yield* Effect.promise(() => import("../actions/analyzeFile.ts"))
    yield* analyzeFile(given)
  })
).pipe(
  Command.withDescription("Compare sources in a file of ratings by a mixed model, with R's numbers"),
  Command.withExamples([
    {
      command: "warmline analyze ratings.csv --rater rater_id --post post_id",
      description: "Means and all differences of the sources, by the model that ranks"
    },
    {
      command: "warmline analyze ratings.csv --levels human,gpt4 --model paper --json",
      description: "The replication's model, human as reference, for a program to read"
    }
  ])
)
