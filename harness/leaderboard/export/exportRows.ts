/** The tables of a run into a folder, a file a table. */
import { join } from "node:path"
import { Effect, Stream } from "effect"
import type { RunManifest } from "../../run/Manifest.ts"
import type { SourcePrices } from "./callDetail.ts"
import { openRows, type RowFormat } from "./RowWriter.ts"
import { readRun } from "./readRun.ts"
import { tablesOf } from "./tables.ts"
import { attempt, type ExportedFile, partly } from "./writeFiles.ts"

/**
 * Writes `posts`, `responses` and `ratings` in the folder, which has to be there. The files take their names when all
 * of them are whole; nothing is left of an export that fails or is interrupted.
 */
export const exportRows = (
  manifest: RunManifest,
  {
    folder,
    format,
    prices
  }: { readonly folder: string; readonly format: RowFormat; readonly prices: SourcePrices }
) =>
  partly(
    folder,
    Effect.fnUntraced(function* (file) {
      const open = yield* Effect.forEach(tablesOf(manifest.run, prices), (table) =>
        Effect.acquireRelease(
          attempt(folder, async () => {
            const name = `${table.name}.${format}`
            return { table, name, writer: await openRows(format, file(name), table), rows: 0 }
          }),
          ({ writer }) => Effect.promise(() => writer.close())
        )
      )
      yield* Stream.runForEach(readRun(manifest), (post) =>
        attempt(folder, async () => {
          for (const entry of open) {
            const rows = entry.table.rows(post)
            entry.rows += rows.length
            await entry.writer.write(rows)
          }
        })
      )
      yield* attempt(folder, async () => {
        for (const { writer } of open) await writer.end()
      })
      return open.map(({ name, rows }): ExportedFile => ({ file: join(folder, name), rows }))
    })
  )
