/** `warmline suite`. */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import * as flags from "../flags.ts"

const checkOptions = {
  folders: Argument.String("suite").pipe(
    Argument.withDescription(
      "Suites by folder or name; checked one by one and against each other (default: all shipped)"
    ),
    Argument.variadic()
  ),
  json: flags.json
}

/** What `suite check` was given. */
export type SuiteCheckOptions = Command.Command.Config.Infer<typeof checkOptions>

const check = Command.make(
  "check",
  checkOptions,
  Effect.fn(function* (given) {
    const { checkSuites } = yield* Effect.promise(() => import("../actions/checkSuites.ts"))
    yield* checkSuites(given)
  })
).pipe(
  Command.withDescription(
    "Validate suites: schema, duplicates, lengths, readability, personal data; print the spread"
  )
)

const importOptions = {
  file: Argument.String("file").pipe(Argument.withDescription("JSON, JSONL or CSV file of posts")),
  map: Flag.String("map").pipe(Flag.withDescription("YAML file that says where each field is found")),
  output: Flag.String("output").pipe(
    Flag.withAlias("o"),
    Flag.withDescription("Folder to make the suite in (default: suites/NAME)"),
    Flag.optional
  ),
  json: flags.json
}

/** What `suite import` was given. */
export type SuiteImportOptions = Command.Command.Config.Infer<typeof importOptions>

const importSuite = Command.make(
  "import",
  importOptions,
  Effect.fn(function* (given) {
    const { importSuite } = yield* Effect.promise(() => import("../actions/importSuite.ts"))
    yield* importSuite(given)
  })
).pipe(Command.withDescription("Make a suite of posts that someone else collected"))

export const suite = Command.make("suite").pipe(
  Command.withDescription("Check and import suites of posts"),
  Command.withSubcommands([check, importSuite])
)
