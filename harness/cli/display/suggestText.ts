/** A first map for people: every column, what it was taken for, and what it says. */
import { visible } from "../../leaderboard/visible.ts"
import type { Guess } from "../../ratings/suggest/guessMap.ts"
import type { Profile } from "../../ratings/suggest/profile.ts"
import { alignedTable, column } from "./alignedTable.ts"

const EXAMPLES = 3
const LONGEST = 24

const examples = ({ values }: Profile): string =>
  values
    .slice(0, EXAMPLES)
    .map((value) => (value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value))
    .join(" | ")

/** The text, its last line end included. */
export const suggestText = (suggested: {
  readonly place: string
  readonly columns: readonly Profile[]
  readonly guess: Guess
  readonly format: string
  readonly why: string
  readonly text: string
}): string => {
  const { place, columns, guess, format, why, text } = suggested
  const lines = [
    visible(`Read as ${format}, ${why}.`),
    "",
    ...alignedTable([
      column(columns, "column", "left", (one) => one.column),
      column(columns, "taken for", "left", (one) => guess.taken.get(one.column) ?? "(dropped)"),
      column(columns, "for instance", "left", examples)
    ]),
    "",
    `${visible(place)} is written:`,
    "",
    ...text
      .trimEnd()
      .split("\n")
      .map((line) => `  ${visible(line)}`),
    "",
    ...(guess.lacking.length === 0
      ? ["Check it against the table. What it would import:", ""]
      : [
          "It is not complete: name what is marked as needed, then try it with",
          `  npx warmline import ratings FILE --map ${visible(place)} --dry-run`
        ])
  ]
  return `${lines.join("\n")}\n`
}
