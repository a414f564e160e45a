/** `warmline import`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const shared = {
  map: Flag.String("map").pipe(
    Flag.withDescription(
      "YAML file that says which column holds what (none is needed for Warmline's own names)"
    ),
    Flag.optional
  ),
  run: Flag.String("run").pipe(
    Flag.withDescription(
      "Run it belongs to (default: a data set of its own, by name: in the map or the file's name)"
    ),
    Flag.optional
  ),
  dryRun: Flag.Boolean("dry-run").pipe(
    Flag.withDescription("Do everything, report, keep nothing"),
    Flag.withDefault(false)
  ),
  rejected: Flag.String("rejected").pipe(
    Flag.withDescription(
      "CSV file that lists rejected rows (default: FILE.rejected.csv, made when there are any)"
    ),
    Flag.optional
  ),
  store: flags.store,
  json: flags.json
}

const format = (known: string) =>
  Flag.String("format").pipe(Flag.withDescription(`auto, or one of ${known}`), Flag.withDefault("auto"))

const ratingsOptions = {
  file: Argument.String("file").pipe(Argument.withDescription("File of ratings, as the survey tool gave it")),
  format: format("ieval, qualtrics, mturk, prolific, label-studio, json, jsonl, long, wide"),
  ...shared,
  suggest: Flag.Boolean("suggest").pipe(
    Flag.withDescription("Write a first map (to --map, else FILE.map.yaml) and show what it would import"),
    Flag.withDefault(false)
  ),
  replace: Flag.Boolean("replace").pipe(
    Flag.withDescription("Count these ratings instead of those of the earlier file, which stay as history"),
    Flag.withDefault(false)
  )
}

/** What `import ratings` was given. */
export type ImportRatingsOptions = Command.Command.Config.Infer<typeof ratingsOptions>

const ratings = Command.make(
  "ratings",
  ratingsOptions,
  Effect.fn(function* (given) {
    const { importRatingsFile } = yield* Effect.promise(() => import("../actions/importFile.ts"))
    yield* importRatingsFile(given)
  })
).pipe(
  Command.withDescription("Bring people's ratings into the store, every row accounted for"),
  Command.withExamples([
    { command: "warmline import ratings survey.csv --suggest", description: "Begin a map for a new file" },
    {
      command: "warmline import ratings survey.csv --map survey.map.yaml --dry-run",
      description: "See what it would import"
    }
  ])
)

const responsesOptions = {
  file: Argument.String("file").pipe(Argument.withDescription("CSV, JSON or JSONL file of responses")),
  format: format("json, jsonl, long, wide"),
  ...shared
}

/** What `import responses` was given. */
export type ImportResponsesOptions = Command.Command.Config.Infer<typeof responsesOptions>

const responses = Command.make(
  "responses",
  responsesOptions,
  Effect.fn(function* (given) {
    const { importResponsesFile } = yield* Effect.promise(() => import("../actions/importFile.ts"))
    yield* importResponsesFile(given)
  })
).pipe(Command.withDescription("Bring in responses that people wrote or that were made elsewhere"))

export const imports = Command.make("import").pipe(
  Command.withDescription("Bring in recorded responses and people's ratings"),
  Command.withSubcommands([responses, ratings])
)
