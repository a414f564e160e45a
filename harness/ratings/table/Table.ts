/** Any file of ratings or responses as one table: named columns, and rows of texts. */
import type { Stream } from "effect"
import type { FileError } from "../../catalog/FileError.ts"

/** One row. Cells stand in the order of the header; one that the row does not have is an empty text. */
export interface Row {
  /** Line of the file where the row begins, or the number of the item in a JSON file; counts from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** More or fewer cells than the header has: how many there are. */
  readonly width?: number
}

/** A file as a table. */
export interface Table {
  /** Names without the blanks around them; a blank one is `(column 3)`. */
  readonly header: readonly string[]
  /** What a row's number counts. */
  readonly counts: "line" | "item"
  /** Rows in the order of the file, some at a time, so that memory does not depend on the file's size. */
  readonly rows: Stream.Stream<Row, FileError>
}
