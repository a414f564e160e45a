/** The list of what an import rejected: a CSV file that is made with the first rejection. */
import { closeSync, openSync, writeSync } from "node:fs"
import { basename } from "node:path"
import { Effect } from "effect"
import { FileError } from "../catalog/FileError.ts"
import { csvCell } from "../study/CsvCell.ts"
import type { Rejection } from "./Account.ts"

const LINES_AT_A_TIME = 1000

/** Takes rejections one by one. */
export interface RejectedFile {
  readonly path: string
  readonly add: (rejection: Rejection) => void
  /** Whether anything was rejected, and so the file is there. */
  readonly written: () => boolean
}

/** Where the list lies unless it is said: in the folder at hand, called as the file. */
export const rejectedPath = (file: string): string => `${basename(file)}.rejected.csv`

/** Opens a list at `path`, which replaces an older one; closed with the scope. */
export const rejectedFile = (path: string) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      let file: number | undefined
      let waiting: string[] = []
      const flush = () => {
        if (waiting.length === 0) return
        try {
          file ??= openSync(path, "w")
          writeSync(file, waiting.join(""))
        } catch (cause) {
          const { code } = cause as { readonly code?: string }
          throw new FileError({
            place: path,
            reason: `the list of rejected rows cannot be written (${code})`,
            mend: "name another file with --rejected"
          })
        }
        waiting = []
      }
      return {
        path,
        add: ({ line, column, value, reason }: Rejection) => {
          if (file === undefined && waiting.length === 0) waiting.push("line,column,value,reason\n")
          waiting.push(`${[line, column, value, reason].map(csvCell).join(",")}\n`)
          if (waiting.length >= LINES_AT_A_TIME) flush()
        },
        written: () => file !== undefined || waiting.length > 0,
        close: () => {
          flush()
          if (file !== undefined) closeSync(file)
        }
      }
    }),
    (file) =>
      Effect.sync(() => {
        file.close()
      })
  )
