/** Prints a leaderboard and writes its files. */
import { mkdir, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Effect } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import { renderBadge } from "../../leaderboard/badge.ts"
import { renderCsv } from "../../leaderboard/csv.ts"
import { counted } from "../../leaderboard/formatNumber.ts"
import type { Leaderboard } from "../../leaderboard/Leaderboard.ts"
import { renderMarkdown } from "../../leaderboard/markdown.ts"
import { readEvidence } from "../../leaderboard/page/evidence.ts"
import { renderPage } from "../../leaderboard/page.ts"
import { renderTerminal } from "../../leaderboard/terminal.ts"

/** Where and how a result is shown. */
export interface ShowOptions {
  readonly folder: string
  readonly store: string
  readonly json: boolean
  /** Calls that were made just now, where that is known. */
  readonly asked: number | undefined
}

// Written beside and renamed: a reader never sees half a file, and an interrupted run leaves the old one.
const write = async (folder: string, name: string, text: string) => {
  const file = join(folder, name)
  await writeFile(`${file}.part`, text)
  await rename(`${file}.part`, file)
}

const writeAll = async (folder: string, leaderboard: Leaderboard, page: string) => {
  await mkdir(folder, { recursive: true })
  await write(folder, "leaderboard.json", `${JSON.stringify(leaderboard, null, 2)}\n`)
  await write(folder, "leaderboard.csv", renderCsv(leaderboard))
  await write(folder, "leaderboard.md", renderMarkdown(leaderboard))
  await write(folder, "badge.svg", renderBadge(leaderboard))
  await write(folder, "leaderboard.html", page)
}

/** Shows a leaderboard: tables on stdout (or JSON with `--json`), files in the folder, and what to do next. */
export const showResult = Effect.fn("Cli.showResult")(function* (
  leaderboard: Leaderboard,
  options: ShowOptions
) {
  const { folder } = options
  const evidence = yield* readEvidence(leaderboard)
  const page = yield* Effect.promise(() => renderPage(leaderboard, evidence))
  yield* Effect.tryPromise({
    try: () => writeAll(folder, leaderboard, page),
    catch: (cause) =>
      new FileError({
        place: folder,
        reason: `cannot be written (${cause instanceof Error ? cause.message : cause})`,
        mend: "name another folder with -o"
      })
  })
  const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined
  const columns = process.stdout.columns ?? 100
  const asked =
    options.asked === undefined
      ? ""
      : options.asked === 0
        ? "\nEverything was done already: 0 calls were made."
        : `\n${counted(options.asked, "call was", "calls were")} made.`
  const written = `
Written to ${folder}: leaderboard.json, leaderboard.csv, leaderboard.md, leaderboard.html, badge.svg

Next:
  open ${join(folder, "leaderboard.html")}
  npx warmline run --model ./my-model.ts            your own model beside these
  npx warmline run --model openai-compatible/NAME   a server that speaks the OpenAI protocol
`
  yield* Effect.sync(() => {
    if (options.json) {
      process.stdout.write(`${JSON.stringify(leaderboard, null, 2)}\n`)
      process.stderr.write(`${asked.trim()}${written}`)
    } else {
      process.stdout.write(`${renderTerminal(leaderboard, { columns, colour })}${asked}${written}`)
    }
  })
})
