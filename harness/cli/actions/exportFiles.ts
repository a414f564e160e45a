/** `warmline export`: a run's rows to files. */
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { Effect, Option } from "effect"
import { openRun } from "../../gate/Subject.ts"
import type { SourcePrices } from "../../leaderboard/export/callDetail.ts"
import { exportInspect } from "../../leaderboard/export/exportInspect.ts"
import { exportRows } from "../../leaderboard/export/exportRows.ts"
import { attempt } from "../../leaderboard/export/writeFiles.ts"
import { counted } from "../../leaderboard/formatNumber.ts"
import { visible } from "../../leaderboard/visible.ts"
import type { Price } from "../../model/Prices.ts"
import { encodeManifest, type RunManifest } from "../../run/Manifest.ts"
import { priceOf } from "../../run/openSource.ts"
import { readUserPrices } from "../../run/readPrices.ts"
import type { ExportOptions } from "../commands/export.ts"
import * as layers from "../layers.ts"
import { writeText } from "./writeText.ts"

const pricesOf = Effect.fnUntraced(function* (manifest: RunManifest, file: string | undefined) {
  const prices = file === undefined ? undefined : yield* readUserPrices(file)
  const known = new Map<string, Price | "free" | undefined>()
  for (const { id, plugin, model, kind } of manifest.sources) {
    known.set(id, kind === "model" ? yield* priceOf({ prices }, plugin, model, kind) : "free")
  }
  return known satisfies SourcePrices
})

/** Writes the files and says which. */
export const exportFiles = (given: ExportOptions) =>
  Effect.gen(function* () {
    const manifest = yield* openRun(Option.getOrUndefined(given.run))
    const folder = Option.getOrElse(given.output, () => join("exports", manifest.run))
    const prices = yield* pricesOf(manifest, Option.getOrUndefined(given.prices))
    yield* attempt(folder, () => mkdir(folder, { recursive: true }))
    const { format } = given
    const files =
      format === "inspect"
        ? yield* exportInspect(manifest, { folder, prices })
        : yield* exportRows(manifest, { folder, format, prices })
    const about = join(folder, "manifest.json")
    yield* writeText(about, `${JSON.stringify(JSON.parse(encodeManifest(manifest)), null, 2)}\n`)
    yield* Effect.sync(() => {
      if (given.json) {
        const said = { run: manifest.run, format, folder, files, manifest: about }
        process.stdout.write(`${JSON.stringify(said, null, 2)}\n`)
        return
      }
      const lines = [
        `Run ${manifest.run}, written to ${folder}:`,
        ...files.map(
          ({ file, rows }) => `  ${file}  ${counted(rows, format === "inspect" ? "sample" : "row")}`
        ),
        `  ${about}  what was asked, of whom, with what`
      ]
      process.stdout.write(`${lines.map(visible).join("\n")}\n`)
    })
  }).pipe(Effect.provide(layers.store(given.store)))
