/** Where the ratings of a file stand, guessed: one value a row, a column each, loops, numbered columns, raters. */
import type { Instrument, Scale } from "../../study/Instrument.ts"
import { grid, type Loop, loops, series } from "./columnGroups.ts"
import { dimensionsFor, instrumentFor, matchesOf } from "./matchDimensions.ts"
import { looksLikeAnswers, looksLikeGrades, mayBeAsked, numberOf, type Profile } from "./profile.ts"
import { wordedScale } from "./wordedScale.ts"

/** A guess at `ratings:` and what goes with it. */
export interface RatingsGuess {
  /** `null` stands wherever only people can know what belongs there. */
  readonly ratings: unknown
  readonly instrument: unknown
  readonly labels?: Readonly<Record<string, number>> | undefined
  readonly skip?: readonly unknown[]
  readonly lacking: readonly string[]
  /** The columns that are ratings. */
  readonly columns: readonly string[]
  /** Whether the entry says itself which text was rated. */
  readonly saysText: boolean
}

/** What is needed where no instrument was found: one of those whose scale has all the numbers. */
const instrumentLacking = (columns: readonly Profile[], instruments: readonly Instrument[]): string => {
  const numbers = columns.filter(({ numeric }) => numeric).flatMap(({ values }) => values.map(numberOf))
  const fitting = instruments.filter(({ dimensions }) =>
    numbers.every((value) => dimensions.some(({ scale }) => value >= scale.minimum && value <= scale.maximum))
  )
  const names = (fitting.length > 0 ? fitting : instruments).map(
    ({ name, dimensions: [{ scale }] }) => `${name} (${scale.minimum} to ${scale.maximum})`
  )
  return `instrument: ${names.join(", ")}, or ./yours.yaml`
}

/** Words on a scale: what they count as, or what is needed. */
const labelsFor = (columns: readonly Profile[], scale: Scale | undefined) => {
  const words = [
    ...new Set(columns.filter(({ numeric }) => !numeric).flatMap(({ values }) => values))
  ].filter((word) => !/^[+-]?\d+(\.\d+)?$/.test(word))
  if (words.length === 0) return { lacking: [] }
  const labels = wordedScale(words, scale)
  if (labels !== undefined) return { labels, lacking: [] }
  const said = words.slice(0, 20).map((word) => JSON.stringify(word))
  return { lacking: [`labels: what ${said.join(", ")} count as`] }
}

/** One value a row. */
export const oneValue = (
  value: Profile,
  dimension: Profile | undefined,
  instrument: Profile | undefined,
  instruments: readonly Instrument[]
): RatingsGuess => {
  const asked = dimension?.values ?? [value.column]
  const about = asked.map((column) => ({ ...value, column, asks: "", numeric: false }))
  const plain =
    dimension === undefined && /^(value|rating|score|grade|answer|judge?ment)$/i.test(value.column)
  const guessed = plain ? undefined : instrumentFor(about.map((one) => matchesOf(one, instruments)))
  const found = dimensionsFor(about, guessed)
  const names = Object.fromEntries(
    [...found].flatMap(([said, { name }]) => (said === name ? [] : [[said, name]]))
  )
  const others = guessed === undefined ? [] : asked.filter((said) => !found.has(said))
  const named = Object.keys(names).length > 0 ? { names } : {}
  const words = labelsFor([value], [...found.values()][0]?.scale)
  const one = dimension === undefined ? [...found.values()][0]?.name : undefined
  return {
    ratings: [
      {
        value: value.column,
        ...(dimension === undefined ? {} : { dimension: { column: dimension.column, ...named } }),
        ...(one === undefined ? {} : { dimension: one })
      }
    ],
    instrument: instrument === undefined ? guessed?.name : { column: instrument.column },
    ...(words.labels === undefined ? {} : { labels: words.labels }),
    ...(dimension === undefined || others.length === 0
      ? {}
      : { skip: [{ rule: "another question", column: dimension.column, is: others }] }),
    lacking: [
      ...((instrument ?? guessed) ? [] : [instrumentLacking([value], instruments)]),
      ...words.lacking
    ],
    columns: [value.column],
    saysText: false
  }
}

const blank = (names: readonly string[], fields: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, Object.fromEntries(fields.map((field) => [field, null]))]))

const byLoops = (
  found: readonly Loop[],
  all: readonly Profile[],
  instruments: readonly Instrument[],
  shown: Known["shown"]
): RatingsGuess => {
  const first = found.map(({ columns }) => all.find(({ column }) => column === columns[0])!)
  const instrument = instrumentFor(first.map((one) => matchesOf(one, instruments)))
  const dimensions = dimensionsFor(first, instrument)
  const columns = found.flatMap((loop) => loop.columns)
  const used = all.filter(({ column }) => columns.includes(column))
  const words = labelsFor(used, [...dimensions.values()][0]?.scale ?? instrument?.dimensions[0].scale)
  const only = instrument?.dimensions.length === 1 ? instrument.dimensions[0].name : null
  const named = found.map((_, index) => only ?? dimensions.get(first[index]!.column)?.name ?? null)
  const texts = [...new Set(found.flatMap(({ items }) => items))]
  const placed = texts.map((text) => [text, shown(text)] as const)
  const everywhere = placed.every(([, facts]) => facts !== undefined)
  return {
    ratings: everywhere
      ? placed.map(([text, facts]) => ({
          dimensions: Object.fromEntries(
            found.flatMap((loop, index) => {
              const at = loop.items.indexOf(text)
              return at < 0 ? [] : [[loop.columns[at]!, named[index]]]
            })
          ),
          ...facts
        }))
      : found.map(({ pattern, items }, index) => ({
          columns: pattern,
          ...(only === null ? { dimension: named[index] } : {}),
          parts: { text: blank(items, ["post", "source"]) }
        })),
    instrument: instrument?.name ?? null,
    labels: words.labels,
    lacking: [
      ...(instrument === undefined ? [instrumentLacking(used, instruments)] : []),
      ...(named.includes(null) ? ["dimension: of each question"] : []),
      ...(everywhere ? [] : [`parts: of each text (${texts.join(", ")}) its post and source`]),
      ...words.lacking
    ],
    columns,
    saysText: true
  }
}

/** What is known before the ratings are looked for. */
export interface Known {
  readonly rater: boolean
  /** Whether each row says which text was rated. */
  readonly text: boolean
  /** The columns that say which text a loop showed, by its number: `post_1` and `model_1`. */
  readonly shown: (loop: string) => Readonly<Record<string, string>> | undefined
}

/** Several values a row. */
export const severalValues = (
  free: readonly Profile[],
  known: Known,
  instruments: readonly Instrument[]
): RatingsGuess => {
  // Each choice's own column says nothing that the question's does not.
  const isChoice = ({ column, values }: Profile): boolean =>
    values.every((value) => /^(true|false)$/i.test(value)) &&
    free.some((one) => one.column === column.replace(/\.[^.]+$/, "") && one.column !== column)
  const answers = free.filter((one) => (looksLikeGrades(one) || looksLikeAnswers(one)) && !isChoice(one))
  const looped = known.rater ? loops(answers.map(({ column }) => column)) : []
  if (looped.length > 0) return byLoops(looped, answers, instruments, known.shown)
  const grades = answers.filter(looksLikeGrades)
  const matches = answers.map((one) => matchesOf(one, instruments))
  const instrument = instrumentFor(matches)
  const found = dimensionsFor(answers, instrument)
  if (instrument !== undefined && found.size > 0) {
    const used = answers.filter(({ column }) => found.has(column))
    const words = labelsFor(used, [...found.values()][0]!.scale)
    return {
      ratings: [{ dimensions: Object.fromEntries([...found].map(([column, { name }]) => [column, name])) }],
      instrument: instrument.name,
      labels: words.labels,
      lacking: words.lacking,
      columns: [...found.keys()],
      saysText: false
    }
  }
  const crossed = known.rater && !known.text ? grid(grades.map(({ column }) => column)) : undefined
  const row =
    crossed === undefined ? series(answers.filter(mayBeAsked).map(({ column }) => column)) : undefined
  const columns =
    crossed?.columns ?? (known.rater ? row?.columns : undefined) ?? grades.map(({ column }) => column)
  const used = answers.filter(({ column }) => columns.includes(column))
  const words = labelsFor(used, undefined)
  const lacking = [instrumentLacking(used, instruments), ...words.lacking]
  const guess = { instrument: null, labels: words.labels, columns, saysText: false }
  if (columns.length === 0)
    return { ...guess, ratings: undefined, lacking: ["ratings: which columns hold grades", ...lacking] }
  if (crossed !== undefined)
    return { ...guess, ratings: [{ columns: crossed.pattern }], lacking, saysText: true }
  if (!known.rater && columns.length > 1) return { ...guess, ratings: [{ raters: columns }], lacking }
  if (!known.text && row !== undefined)
    return {
      ...guess,
      ratings: [{ columns: row.pattern, parts: { text: blank(row.items, ["post", "source"]) } }],
      lacking: [...lacking, "parts: of each column the post and source that were rated, or its dimension"],
      saysText: true
    }
  return {
    ...guess,
    ratings:
      columns.length === 1
        ? [{ value: columns[0] }]
        : [{ dimensions: Object.fromEntries(columns.map((name) => [name, null])) }],
    lacking: columns.length === 1 ? lacking : [...lacking, "dimensions: which one each column is"]
  }
}
