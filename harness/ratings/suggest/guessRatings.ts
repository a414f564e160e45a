/** Where the ratings of a file stand, guessed: one value a row, a column each, numbered columns, raters as columns. */
import type { Instrument } from "../../study/Instrument.ts"
import { looksLikeAnswers, looksLikeGrades, type Profile } from "./profile.ts"

/** A guess at `ratings:` and `instrument:` of a map. */
export interface RatingsGuess {
  readonly ratings: unknown
  readonly instrument: unknown
  readonly lacking: readonly string[]
  /** The columns that are ratings. */
  readonly columns: readonly string[]
}

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")

/** Dimensions that a column is called for, or that its name has in it. */
const dimensionsOf = (column: string, instruments: readonly Instrument[]) => {
  const name = plain(column)
  const all = instruments.flatMap((instrument) =>
    instrument.dimensions.map((dimension) => ({ instrument, dimension: dimension.name }))
  )
  const same = all.filter(({ dimension }) => plain(dimension) === name)
  const within = all.filter(({ dimension }) => plain(dimension).length > 4 && name.includes(plain(dimension)))
  return same.length > 0 ? same : within
}

/** The instrument whose dimensions most columns are called for. */
const instrumentFor = (
  columns: readonly string[],
  instruments: readonly Instrument[]
): Instrument | undefined => {
  const votes = new Map<Instrument, number>()
  for (const column of columns)
    for (const { instrument } of dimensionsOf(column, instruments))
      votes.set(instrument, (votes.get(instrument) ?? 0) + 1)
  return [...votes].sort(([, a], [, b]) => b - a)[0]?.[0]
}

/** Words on a scale that the map has to turn into numbers. */
const labelsLacking = (columns: readonly Profile[]): readonly string[] => {
  const words = [...new Set(columns.filter(({ numeric }) => !numeric).flatMap(({ values }) => values))]
  return words.length === 0
    ? []
    : [
        `labels: what ${words
          .slice(0, 20)
          .map((word) => JSON.stringify(word))
          .join(", ")} count as`
      ]
}

/** One value a row. */
export const oneValue = (
  value: Profile,
  dimension: Profile | undefined,
  instrument: Profile | undefined,
  instruments: readonly Instrument[]
): RatingsGuess => {
  const guessed = instrumentFor(dimension?.values ?? [value.column], instruments)
  const names = Object.fromEntries(
    (dimension?.values ?? []).flatMap((said) => {
      const [found] = dimensionsOf(said, guessed === undefined ? [] : [guessed])
      return found === undefined || found.dimension === said ? [] : [[said, found.dimension]]
    })
  )
  const named = Object.keys(names).length > 0 ? { names } : {}
  return {
    ratings: [
      {
        value: value.column,
        ...(dimension === undefined ? {} : { dimension: { column: dimension.column, ...named } })
      }
    ],
    instrument: instrument === undefined ? guessed?.name : { column: instrument.column },
    lacking: [...((instrument ?? guessed) ? [] : ["instrument"]), ...labelsLacking([value])],
    columns: [value.column]
  }
}

/** Columns whose names differ only in numbers. */
interface Numbered {
  readonly pattern: string
  readonly columns: readonly string[]
  readonly items: ReadonlySet<string>
  readonly questions: ReadonlySet<string>
}

const numberedAt = (column: string) => {
  const looped = /^(\d+)([_. -].*[_. -])(\d+)$/.exec(column)
  if (looped) return { pattern: `{item}${looped[2]}{question}`, item: looped[1]!, question: looped[3] }
  const first = /^(\d+)([_. -].+)$/.exec(column)
  if (first) return { pattern: `{item}${first[2]}`, item: first[1]!, question: undefined }
  const last = /^(.*[^\d][_. -])(\d+)$/.exec(column)
  return last === null ? undefined : { pattern: `${last[1]}{item}`, item: last[2]!, question: undefined }
}

const numbered = (columns: readonly string[]): Numbered | undefined => {
  const found = columns.flatMap((column) => {
    const at = numberedAt(column)
    return at === undefined ? [] : [{ column, ...at }]
  })
  const groups = [...Map.groupBy(found, ({ pattern }) => pattern)].sort(([, a], [, b]) => b.length - a.length)
  const [best] = groups
  if (best === undefined || best[1].length < 2) return undefined
  return {
    pattern: best[0],
    columns: best[1].map(({ column }) => column),
    items: new Set(best[1].map(({ item }) => item)),
    questions: new Set(best[1].flatMap(({ question }) => question ?? []))
  }
}

const byNumbers = (loop: Numbered, columns: readonly Profile[]): RatingsGuess => ({
  ratings: [{ columns: loop.pattern }],
  instrument: undefined,
  lacking: [
    "instrument",
    `parts: of each item (${[...loop.items].join(", ")}) its post and source`,
    ...(loop.questions.size > 0
      ? [`parts: of each question (${[...loop.questions].join(", ")}) its dimension`]
      : []),
    ...labelsLacking(columns.filter(({ column }) => loop.columns.includes(column)))
  ],
  columns: loop.columns
})

/** Several values a row. */
export const severalValues = (
  free: readonly Profile[],
  hasRater: boolean,
  instruments: readonly Instrument[]
): RatingsGuess => {
  const columns = free.filter(looksLikeGrades).map(({ column }) => column)
  const instrument = instrumentFor(columns, instruments)
  const dimensions = Object.fromEntries(
    columns.flatMap((column) => {
      const found = dimensionsOf(column, instrument === undefined ? [] : [instrument])
      return found.length === 1 ? [[column, found[0]!.dimension]] : []
    })
  )
  if (instrument !== undefined && Object.keys(dimensions).length > 0)
    return {
      ratings: [{ dimensions }],
      instrument: instrument.name,
      lacking: [],
      columns: Object.keys(dimensions)
    }
  const answers = free.filter((one) => looksLikeGrades(one) || looksLikeAnswers(one))
  const loop = hasRater ? numbered(answers.map(({ column }) => column)) : undefined
  if (loop !== undefined) return byNumbers(loop, answers)
  if (columns.length === 0) {
    return {
      ratings: undefined,
      instrument: undefined,
      lacking: ["ratings: which columns hold grades"],
      columns
    }
  }
  const ratings =
    hasRater || columns.length === 1
      ? [{ dimensions: Object.fromEntries(columns.map((name) => [name, name])) }]
      : [{ raters: columns }]
  return { ratings, instrument: undefined, lacking: ["instrument"], columns }
}
