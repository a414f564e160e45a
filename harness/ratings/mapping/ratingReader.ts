/** A map and a header made into a reader: row by row, the ratings that stand there and what is known of them. */
import { FileError } from "../../catalog/FileError.ts"
import type { Dimension, Instrument } from "../../study/Instrument.ts"
import type { RatingsAt, RatingsMap, Word } from "../RatingsMap.ts"
import type { Row, Table } from "../table/Table.ts"
import { columnPattern, type Parts, partsOf } from "./columnPattern.ts"
import { type Columns, columnsOf, type Fact } from "./columns.ts"
import { type ValueReading, valueReading } from "./readValue.ts"
import { panels, raterKinds } from "./sittingReader.ts"
import { type TextFacts, textFactsOf } from "./textFacts.ts"

/** One place of a row where a rating stands. */
export interface RatingCell {
  readonly column: string
  readonly value: Fact
  readonly facts: (row: Row) => TextFacts
  readonly rater: Fact
  /** What its own entry of the map says of who rated; `undefined`: as the row says. */
  readonly raterKind: Fact | undefined
  readonly panel: Fact | undefined
  readonly seconds: Fact
  /** The question, or why there is none. */
  readonly question: (row: Row) => Question | string
  readonly reading: ValueReading
}

/** A dimension of an instrument. */
export interface Question {
  readonly instrument: Instrument
  readonly dimension: Dimension
}

/** Reads the rows of one file by one map. */
export interface RatingReader {
  readonly columns: Columns
  readonly cells: readonly RatingCell[]
}

/** What a file's map needs of the catalog: instruments by the names the map uses. */
export type Instruments = ReadonlyMap<string, Instrument>

const nothing: Fact = () => ""

/** Finds the question that a row asks; the same names are looked up once. */
const questionOf = (instruments: Instruments, instrument: Fact, dimension: Fact) => {
  const known = new Map<string, Question | string>()
  return (row: Row): Question | string => {
    const name = instrument(row)
    const wanted = dimension(row)
    const key = `${name}\u0000${wanted}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = instruments.get(name)
    const only = found?.dimensions.length === 1 && wanted === "" ? found.dimensions[0] : undefined
    const one = only ?? found?.dimensions.find((entry) => entry.name === wanted)
    const answer =
      found === undefined
        ? name === ""
          ? "no instrument is named"
          : `no instrument is named ${JSON.stringify(name)}`
        : one === undefined
          ? `instrument ${found.name} has no dimension ${JSON.stringify(wanted)} (it has ${found.dimensions.map((entry) => entry.name).join(", ")})`
          : { instrument: found, dimension: one }
    known.set(key, answer)
    return answer
  }
}

/** Dimensions that a map itself names for an instrument it names; `undefined` where the rows say which. */
const dimensionsSaid = (instrument: Word | undefined, dimension: Word | undefined) =>
  typeof instrument !== "string"
    ? undefined
    : dimension === undefined || typeof dimension === "string"
      ? [dimension ?? ""]
      : Object.values(dimension.names ?? {})

/** Fails where a map names a dimension that its instrument does not have: no row could ever be right. */
const checkDimensions = (
  file: string,
  instruments: Instruments,
  instrument: Word | undefined,
  dimension: Word | undefined
): void => {
  const found = typeof instrument === "string" ? instruments.get(instrument) : undefined
  if (found === undefined) return
  const known = found.dimensions.map(({ name }) => String(name))
  for (const name of dimensionsSaid(instrument, dimension) ?? []) {
    if (known.includes(name) || (name === "" && known.length === 1)) continue
    throw new FileError({
      place: file,
      reason:
        name === ""
          ? `the map does not say which dimension of ${found.name} a rating is on`
          : `instrument ${found.name} has no dimension ${JSON.stringify(name)}`,
      mend: `correct the map; it has ${known.join(", ")}`
    })
  }
}

/** What the parts of a column's name stand for: themselves, or what `parts` says of them. */
const expand = (said: Parts, parts: RatingsAt["parts"]): Parts => {
  const out: Record<string, string> = {}
  for (const [name, text] of Object.entries(said)) {
    const meaning = parts?.[name]?.[text]
    if (meaning === undefined) out[name] = text
    else Object.assign(out, meaning)
  }
  return out
}

/** The columns an entry reads, each with what its name says. */
const columnsRead = (
  file: string,
  header: readonly string[],
  at: RatingsAt
): readonly { readonly column: string; readonly said: Parts }[] => {
  if (at.value !== undefined) return [{ column: at.value, said: {} }]
  if (at.dimensions !== undefined)
    return Object.entries(at.dimensions).map(([column, dimension]) => ({ column, said: { dimension } }))
  if (at.raters !== undefined) return at.raters.map((column) => ({ column, said: { rater: column.trim() } }))
  const pattern = at.columns!
  const known = Object.fromEntries(
    Object.entries(at.parts ?? {}).map(([name, table]) => [name, Object.keys(table)])
  )
  const unknown = Object.keys(known).find((name) => !partsOf(pattern).includes(name))
  const match = columnPattern(pattern, known)
  const found = header.flatMap((column) => {
    const said = match(column)
    return said === undefined ? [] : [{ column, said }]
  })
  for (const [name, values] of Object.entries(known)) {
    const lost = values.find((value) => !found.some(({ said }) => said[name] === value))
    if (lost !== undefined || unknown !== undefined) {
      throw new FileError({
        place: file,
        reason:
          unknown === undefined
            ? `no column of ${pattern} has ${JSON.stringify(lost)} as its ${name}`
            : `the pattern ${pattern} has no part {${unknown}}`,
        mend: "correct columns: or parts: in the map"
      })
    }
  }
  if (found.length === 0) {
    throw new FileError({
      place: file,
      reason: `no column matches ${pattern}`,
      mend: `correct columns: in the map; the columns are ${header.slice(0, 40).join(", ")}`
    })
  }
  return found.map(({ column, said }) => ({ column, said: expand(said, at.parts) }))
}

/** Makes the reader. Throws a `FileError` that names every column the map has and the file has not. */
export const ratingReader = (
  file: string,
  table: Table,
  map: RatingsMap,
  instruments: Instruments
): RatingReader => {
  const { header } = table
  const columns = columnsOf(file, table)
  const cells = map.ratings.flatMap((at) => {
    const labels = { ...map.labels, ...at.labels }
    const reading = valueReading({ ...map, labels })
    return columnsRead(file, header, at).map(({ column, said }): RatingCell => {
      const instrument = at.instrument ?? map.instrument
      const dimension = said.dimension ?? at.dimension
      checkDimensions(file, instruments, instrument, dimension)
      const rater = at.rater ?? map.rater
      const who = (key: string, word: Word | undefined, known: readonly string[]) =>
        word === undefined ? undefined : columns.choice(key, word, known)
      return {
        column,
        value: columns.cell(column),
        facts: textFactsOf(columns, map, at, said),
        rater: said.rater !== undefined ? () => said.rater! : rater ? columns.at(rater) : nothing,
        raterKind: who("raterKind", said.raterKind ?? at.raterKind, raterKinds),
        panel: who("panel", said.panel ?? at.panel, panels),
        seconds: at.seconds === undefined ? nothing : columns.cell(at.seconds),
        question: questionOf(
          instruments,
          instrument === undefined ? nothing : columns.word(instrument),
          dimension === undefined ? nothing : columns.word(dimension)
        ),
        reading
      }
    })
  })
  const without = cells.find(({ rater }) => rater === nothing)
  if (without !== undefined) {
    throw new FileError({
      place: file,
      reason: "the map does not say who rated",
      mend: "add rater: with the column of the raters' ids, or raters: with a column for each rater"
    })
  }
  return { columns, cells }
}
