/** Any file of ratings or responses as one table: named columns, and rows of texts. */
import type { Stream } from "effect"
import type { FileError } from "../../catalog/FileError.ts"

/** One row. Cells stand in the order of the header; one that the row does not have is an empty text. */
export interface Row {
  /** Line of the file where the row begins, or the number of the item in a JSON file; counts from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** Why the row cannot be read; its cells are then not to be used. */
  readonly wrong?: { readonly value: string; readonly reason: string }
}

/** A file as a table. */
export interface Table {
  /** Names without the blanks around them; a blank one is `(column 3)`. */
  readonly header: readonly string[]
  /** What each column asks, where the file says so below its names; otherwise empty. */
  readonly questions: readonly string[]
  /** What a row's number counts. */
  readonly counts: "line" | "item"
  /** The file's name without its ending: who rated, where each rater has a file. */
  readonly file: string
  /** How many of the columns are the file's own; those of joined files come after them. */
  readonly own: number
  /** Rows in the order of the file, some at a time, so that memory does not depend on the file's size. */
  readonly rows: Stream.Stream<Row, FileError>
}
