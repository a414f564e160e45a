/** `warmline leaderboard --site`: the store's runs as a static site. */
import { join } from "node:path"
import { Effect } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import { openRun } from "../../gate/Subject.ts"
import { counted } from "../../leaderboard/formatNumber.ts"
import { makeSite, runsLike } from "../../leaderboard/site/makeSite.ts"
import { visible } from "../../leaderboard/visible.ts"
import { writeText } from "./writeText.ts"

/** Writes the site of the runs like the named one, or of all, and says what it holds. */
export const writeSite = Effect.fn("Cli.writeSite")(function* (given: {
  readonly run: string | undefined
  readonly folder: string
  readonly json: boolean
}) {
  const { folder } = given
  // Says which runs there are where there is none, or none of that name.
  yield* openRun(given.run)
  const site = yield* makeSite(yield* runsLike(given.run), (path, text) =>
    writeText(join(folder, path), text).pipe(
      Effect.mapError(
        ({ place, reason }) => new FileError({ place, reason, mend: "name another folder with --site" })
      )
    )
  )
  yield* Effect.sync(() => {
    if (given.json) {
      process.stdout.write(`${JSON.stringify({ folder, ...site }, null, 2)}\n`)
      return
    }
    const lines = [
      `Site of ${counted(site.runs.length, "run")}, written to ${folder}: ${counted(site.runs.length, "leaderboard")}, ${counted(site.sources.length, "source")}, ${counted(site.domains.length, "domain")}`,
      "",
      "Next:",
      `  open ${join(folder, "index.html")}`
    ]
    process.stdout.write(`${lines.map(visible).join("\n")}\n`)
  })
})
