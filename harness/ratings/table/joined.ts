/** A table with the columns of other files beside its own, such as a platform's list of participants. */
import { Array as Arr, Effect, Stream } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import type { Row, Table } from "./Table.ts"

/** Another file, opened, and how its rows belong to this one's. */
export interface Joining {
  /** Stands before the names of its columns: `name.column`. */
  readonly name: string
  readonly path: string
  readonly table: Table
  readonly column: string
  readonly with: string
}

const placeOf = (file: string, header: readonly string[], column: string) => {
  const place = header.indexOf(column)
  return place >= 0
    ? Effect.succeed(place)
    : new FileError({
        place: file,
        reason: `join: no column ${JSON.stringify(column)}`,
        mend: `correct the map; the columns are ${header.slice(0, 40).join(", ")}`
      })
}

const keyed = Effect.fn("Ratings.keyed")(function* ({ path, table, with: column }: Joining) {
  const place = yield* placeOf(path, table.header, column)
  const rows = new Map<string, Row>()
  yield* Stream.runForEachArray(table.rows, (some) => {
    for (const row of some) {
      const key = row.cells[place]?.trim() ?? ""
      const before = rows.get(key)
      if (key !== "" && before !== undefined) {
        return Effect.fail(
          new FileError({
            place: `${path}:${row.line}`,
            reason: `join: ${column} has the value of ${table.counts} ${before.line} again`,
            mend: "keep one of the two rows"
          })
        )
      }
      if (key !== "") rows.set(key, row)
    }
    return Effect.void
  })
  return rows
})

/** Puts one file's columns beside a table's. A row without a partner has empty cells there. */
export const joined = Effect.fn("Ratings.joined")(function* (file: string, table: Table, join: Joining) {
  const place = yield* placeOf(file, table.header, join.column)
  const partners = yield* keyed(join)
  const { header } = join.table
  const none = header.map(() => "")
  let met = false
  const beside = (row: Row): Row => {
    if (row.wrong !== undefined) return row
    const partner = partners.get(row.cells[place]?.trim() ?? "")
    met ||= partner !== undefined
    return { ...row, cells: [...row.cells, ...(partner?.cells ?? none)] }
  }
  const nobody = Effect.suspend(() =>
    met
      ? Effect.void
      : Effect.fail(
          new FileError({
            place: join.path,
            reason: `join: no ${join.with} is in ${join.column} of ${file}`,
            mend: "check which columns hold the same ids"
          })
        )
  )
  return {
    ...table,
    header: [...table.header, ...header.map((name) => `${join.name}.${name}`)],
    rows: Stream.mapArray(table.rows, (some) => Arr.map(some, beside)).pipe(
      Stream.concat(Stream.fromEffectDrain(nobody))
    )
  } satisfies Table
})
