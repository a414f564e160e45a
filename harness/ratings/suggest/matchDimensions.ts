/** Which dimension of which instrument a column is about, by its name and by what it asks. */
import { type Dimension, type Instrument, isOnScale } from "../../study/Instrument.ts"
import { numberOf, type Profile } from "./profile.ts"

const words = (text: string): readonly string[] =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

const within = (part: readonly string[], all: readonly string[]): boolean =>
  all.some((_, start) => part.every((word, index) => all[start + index] === word))

/** A dimension and its instrument. */
export interface Match {
  readonly instrument: Instrument
  readonly dimension: Dimension
}

/** Words that any column of values may be called. */
const generic = new Set(["rating", "score", "value", "grade"])

const fits = ({ numeric, values }: Profile, { scale }: Dimension): boolean => {
  if (!numeric) return true
  const on = values.filter((value) => isOnScale(scale, numberOf(value))).length
  return on * 2 >= values.length
}

/** Dimensions that a text names: itself, or within it as words. */
const named = (text: string, instruments: readonly Instrument[]): readonly Match[] => {
  const said = words(text)
  if (said.length === 0) return []
  const all = instruments.flatMap((instrument) =>
    instrument.dimensions.map((dimension) => ({ instrument, dimension, name: words(dimension.name) }))
  )
  const same = all.filter(({ name }) => name.join(" ") === said.join(" "))
  return same.length > 0 ? same : all.filter(({ name }) => !generic.has(name.join(" ")) && within(name, said))
}

/** What a column may be about; its name goes before its question. */
export const matchesOf = (
  column: Pick<Profile, "column" | "asks" | "numeric" | "values">,
  instruments: readonly Instrument[]
): readonly Match[] => {
  const texts = [column.column, column.column.split(".").at(-1)!, column.asks]
  const item = column.asks.split(" - ")
  // A matrix asks `instruction - item`.
  if (item.length > 1) texts.splice(2, 0, item.at(-1)!)
  for (const text of texts) {
    const found = named(text, instruments).filter(({ dimension }) => fits(column as Profile, dimension))
    if (found.length > 0) return found
  }
  return []
}

/** The instrument whose dimensions most columns are about; of equals the one that has fewest others. */
export const instrumentFor = (matches: readonly (readonly Match[])[]): Instrument | undefined => {
  const votes = new Map<Instrument, Set<string>>()
  for (const { instrument, dimension } of matches.flat())
    votes.set(instrument, (votes.get(instrument) ?? new Set()).add(dimension.name))
  return [...votes].sort(
    ([a, one], [b, other]) => other.size - one.size || a.dimensions.length - b.dimensions.length
  )[0]?.[0]
}

/** The dimensions of one instrument that columns are about, each of one column at most. */
export const dimensionsFor = (
  columns: readonly Profile[],
  instrument: Instrument | undefined
): ReadonlyMap<string, Dimension> => {
  if (instrument === undefined) return new Map()
  const found = columns.flatMap((column) => {
    const matches = matchesOf(column, [instrument])
    return matches.length === 1 ? [[column.column, matches[0]!.dimension] as const] : []
  })
  const times = new Map<string, number>()
  for (const [, { name }] of found) times.set(name, (times.get(name) ?? 0) + 1)
  return new Map(found.filter(([, { name }]) => times.get(name) === 1))
}
