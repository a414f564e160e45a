/** The columns that a map names, found in a header, and the names it gives to what they say. */
import { FileError } from "../../catalog/FileError.ts"
import type { At, Word } from "../RatingsMap.ts"
import type { Row, Table } from "../table/Table.ts"

/** Reads one fact of a row: a text without blanks around it, empty where the row does not say. */
export type Fact = (row: Row) => string

const MOST_NAMED = 40

/** Finds columns and keeps account of what of a map was found in the file. */
export interface Columns {
  /** A column's place, by its name in the map. */
  readonly index: (name: string) => number
  readonly cell: (name: string) => Fact
  readonly at: (at: At) => Fact
  readonly word: (word: Word) => Fact
  /** A word of which there are only these. A fixed one that is none of them is an error at once. */
  readonly choice: (key: string, word: Word, known: readonly string[]) => Fact
  /** Every wrong name so far, in one error; `undefined` without any. */
  readonly missing: () => FileError | undefined
  /** After the last row: names the map gives to cells that never occurred. */
  readonly unseen: () => FileError | undefined
}

/** Looks columns up in a table; `file` is only used in messages. `$file` is the file's name, in every row. */
export const columnsOf = (file: string, table: Pick<Table, "header" | "file">): Columns => {
  const { header } = table
  const places = new Map<string, number>()
  const twice = new Set<string>()
  for (const [index, name] of header.entries()) {
    if (places.has(name)) twice.add(name)
    else places.set(name, index)
  }
  const unknown = new Set<string>()
  const doubled = new Set<string>()
  const named: { readonly column: string; readonly left: Set<string> }[] = []

  const wrong: FileError[] = []

  const index = (name: string): number => {
    const wanted = name.trim().replace(/\s+/g, " ")
    const place = places.get(wanted)
    if (place === undefined) unknown.add(wanted)
    else if (twice.has(wanted)) doubled.add(wanted)
    return place ?? -1
  }
  const cell = (name: string): Fact => {
    if (name === "$file") return () => table.file
    const place = index(name)
    return ({ cells }) => cells[place]?.trim() ?? ""
  }
  const renamed = (column: string, names: Readonly<Record<string, string>> | undefined): Fact => {
    const read = cell(column)
    if (names === undefined) return read
    const known = new Map(Object.entries(names).map(([from, to]) => [from.trim(), to]))
    const left = new Set(known.keys())
    named.push({ column, left })
    return (row) => {
      const said = read(row)
      const name = known.get(said)
      if (name === undefined) return said
      if (left.size > 0) left.delete(said)
      return name
    }
  }
  return {
    index,
    cell,
    at: (at) =>
      typeof at === "string" ? cell(at) : "value" in at ? () => at.value : renamed(at.column, at.names),
    word: (word) => (typeof word === "string" ? () => word : renamed(word.column, word.names)),
    choice: (key, word, known) => {
      if (typeof word !== "string") return renamed(word.column, word.names)
      if (!known.includes(word)) {
        wrong.push(
          new FileError({
            place: file,
            reason: `${key}: ${JSON.stringify(word)} is not one of ${known.join(", ")}`,
            mend: places.has(word)
              ? `for what the column says write ${key}: { column: ${word} }`
              : "correct the word in the map, or name a column as { column: … }"
          })
        )
      }
      return () => word
    },
    missing: () => {
      if (wrong[0] !== undefined) return wrong[0]
      if (unknown.size > 0) {
        const known = header.slice(0, MOST_NAMED).join(", ")
        const more = header.length > MOST_NAMED ? `, and ${header.length - MOST_NAMED} more` : ""
        return new FileError({
          place: file,
          reason: `no column ${[...unknown].map((name) => JSON.stringify(name)).join(", ")}`,
          mend: `correct the map, where {value: x} is the word x itself; the columns are ${known}${more}`
        })
      }
      return doubled.size === 0
        ? undefined
        : new FileError({
            place: file,
            reason: `several columns are named ${[...doubled].map((name) => JSON.stringify(name)).join(", ")}`,
            mend: "rename them in the file"
          })
    },
    unseen: () => {
      const lost = named.find(({ left }) => left.size > 0)
      return lost === undefined
        ? undefined
        : new FileError({
            place: file,
            reason: `column ${lost.column} never says ${[...lost.left].map((name) => JSON.stringify(name)).join(", ")}`,
            mend: "correct the names in the map, or take out what this file does not have"
          })
    }
  }
}
