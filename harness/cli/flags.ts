/** Flags that several commands share. */
import { Flag } from "effect/cli"

/** `--store`. */
export const store = Flag.String("store").pipe(
  Flag.withDescription("SQLite file that keeps runs, answers and ratings (default: .warmline/store.db)"),
  Flag.withDefault(".warmline/store.db")
)

/** `--json`. */
export const json = Flag.Boolean("json").pipe(
  Flag.withDescription("Print JSON on stdout and everything else on stderr"),
  Flag.withDefault(false)
)

/** `-o`. */
export const output = Flag.String("output").pipe(
  Flag.withAlias("o"),
  Flag.withDescription("Folder for leaderboard.json, .csv, .md and .html (default: results/RUN)"),
  Flag.optional
)
