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

/** A number that has to be above 0. */
export const positive = (flag: Flag.Flag<number>) =>
  Flag.filter(
    flag,
    (n) => n > 0,
    (n) => `${n} is not above 0`
  )

/** The name of a CSV column, called as the flag unless it is given. */
export const column = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withDescription(`${description} (default: ${name})`), Flag.withDefault(name))
