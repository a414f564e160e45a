/** Tables as exports write them: named columns of one kind each, and what fills them. */
import type { ExportedPost } from "./readRun.ts"

/** What a column holds: text, whole numbers, numbers, or yes and no. Every cell may be empty (`null`). */
export type ColumnKind = "text" | "integer" | "number" | "flag"

/** A cell. */
export type Value = string | number | boolean | null

/** One column of a table of `Row`s. */
export interface Column<Row> {
  readonly name: string
  readonly kind: ColumnKind
  readonly of: (row: Row) => Value
}

/** A table of a run; `rows` gives one post's. */
export interface RowTable {
  readonly name: string
  readonly columns: readonly Pick<Column<never>, "name" | "kind">[]
  /** A row's cells are in the order of the columns. */
  readonly rows: (post: ExportedPost) => readonly (readonly Value[])[]
}

/** A table from its columns and the rows that a post has. */
export const tableOf = <Row>(
  name: string,
  columns: readonly Column<Row>[],
  rows: (post: ExportedPost) => readonly Row[]
): RowTable => ({
  name,
  columns,
  rows: (post) => rows(post).map((row) => columns.map((column) => column.of(row)))
})

/** A column of texts. */
export const text = <Row>(name: string, of: (row: Row) => string | null | undefined): Column<Row> => ({
  name,
  kind: "text",
  of: (row) => of(row) ?? null
})

/** A column of whole numbers. */
export const integer = <Row>(name: string, of: (row: Row) => number | null | undefined): Column<Row> => ({
  name,
  kind: "integer",
  of: (row) => of(row) ?? null
})

/** A column of numbers. */
export const number = <Row>(name: string, of: (row: Row) => number | null | undefined): Column<Row> => ({
  name,
  kind: "number",
  of: (row) => of(row) ?? null
})

/** A column of yes and no. */
export const flag = <Row>(name: string, of: (row: Row) => boolean | null): Column<Row> => ({
  name,
  kind: "flag",
  of
})
