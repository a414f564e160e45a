/** A first map of a file, from the names of its columns and what its first rows say. A guess, to be checked. */
import type { Instrument } from "../../study/Instrument.ts"
import type { Preset } from "../formats/Format.ts"
import type { RatingsMap } from "../RatingsMap.ts"
import { looksLikeGrades, type Profile } from "./profile.ts"

/** What was guessed. */
export interface Guess {
  readonly map: Readonly<Record<string, unknown>>
  /** What each column was taken for; columns that are not in it are dropped on import. */
  readonly taken: ReadonlyMap<string, string>
  /** What a map needs and nothing in the file looks like. */
  readonly lacking: readonly string[]
}

/** Names that columns usually have, the surest first. */
const usual = {
  rater:
    /^(prolific[_ ]?(p?id|pid)|participant([_ ]?(id|code))?|worker[_ ]?id|rater([_ ]?(id|name))?|annotator([_ ]?id)?|coder|judge|evaluator|completed_by(\.(id|email))?|user[_ ]?id|respondent([_ ]?id)?|subject([_ ]?id)?)$/i,
  response: /^(response[_ ]?id|text[_ ]?id|answer[_ ]?id|reply[_ ]?id)$/i,
  post: /^(post([_ ]?id)?|conv(ersation)?[_ ]?id|dialog(ue)?[_ ]?id|prompt[_ ]?id|situation[_ ]?id|scenario([_ ]?id)?|item([_ ]?id)?|(data\.)?id)$/i,
  source: /^((data\.)?(source|model([_ ]?name)?|system|bot|author|writer|generator))$/i,
  condition: /^(condition|arm|prompt[_ ]?type)$/i,
  suite: /^suite$/i,
  domain: /^(domain|topic|category|subreddit)$/i,
  panel: /^panel$/i,
  value: /^(value(\.(rating|number|choices))?|rating|score|grade|answer|judge?ment)$/i,
  dimension: /^(dimension|construct|question|item|criterion|metric|aspect|from_name)$/i,
  instrument: /^(instrument|questionnaire)$/i,
  text: /^((data\.)?(response([_ ]?text)?|text|reply|answer|output|completion))$/i,
  body: /^((data\.)?(post[_ ]?(text|body)|body|prompt|situation|context|question[_ ]?text))$/i
} as const

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")

/** A dimension that a column is called for, and no other. */
const dimensionOf = (column: string, instruments: readonly Instrument[]) => {
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
    for (const { instrument } of dimensionOf(column, instruments))
      votes.set(instrument, (votes.get(instrument) ?? 0) + 1)
  return [...votes].sort(([, a], [, b]) => b - a)[0]?.[0]
}

/** `{item}_name` where several columns differ only in a number at their beginning or end. */
const numberedPattern = (columns: readonly string[]): string | undefined => {
  const groups = new Map<string, number>()
  for (const column of columns) {
    const match = /^(\D{0,3})(\d+)([_. -].+)$/.exec(column) ?? /^(.+[_. -])(\d+)()$/.exec(column)
    if (match === null) continue
    const pattern = `${match[1]}{item}${match[3]}`
    groups.set(pattern, (groups.get(pattern) ?? 0) + 1)
  }
  const [best] = [...groups].sort(([, a], [, b]) => b - a)
  return best !== undefined && best[1] > 1 ? best[0] : undefined
}

type Ratings = {
  readonly ratings: unknown
  readonly instrument: unknown
  readonly lacking: readonly string[]
}

/** One value a row. */
const oneValue = (
  value: Profile,
  find: (fact: keyof typeof usual) => Profile | undefined,
  instruments: readonly Instrument[]
): Ratings => {
  const dimension = find("dimension")
  const instrument = find("instrument")
  const guessed = instrumentFor(dimension?.values ?? [value.column], instruments)
  const names = Object.fromEntries(
    (dimension?.values ?? []).flatMap((said) => {
      const [found] = dimensionOf(said, guessed === undefined ? [] : [guessed])
      return found === undefined || found.dimension === said ? [] : [[said, found.dimension]]
    })
  )
  const labels = value.numeric ? [] : value.values.slice(0, 20)
  return {
    ratings: [
      {
        value: value.column,
        ...(dimension === undefined
          ? {}
          : { dimension: { column: dimension.column, ...(Object.keys(names).length > 0 ? { names } : {}) } })
      }
    ],
    instrument: instrument === undefined ? guessed?.name : { column: instrument.column },
    lacking: [
      ...((instrument ?? guessed) ? [] : ["instrument"]),
      ...(labels.length > 0
        ? [`labels (what ${labels.map((label) => JSON.stringify(label)).join(", ")} count as)`]
        : [])
    ]
  }
}

/** Several values a row: dimensions, numbered items, or raters. */
const severalValues = (
  grades: readonly Profile[],
  hasRater: boolean,
  instruments: readonly Instrument[]
): Ratings => {
  const columns = grades.map(({ column }) => column)
  const instrument = instrumentFor(columns, instruments)
  const dimensions = Object.fromEntries(
    columns.flatMap((column) => {
      const found = dimensionOf(column, instrument === undefined ? [] : [instrument])
      return found.length === 1 ? [[column, found[0]!.dimension]] : []
    })
  )
  if (Object.keys(dimensions).length > 0)
    return { ratings: [{ dimensions }], instrument: instrument!.name, lacking: [] }
  const pattern = numberedPattern(columns)
  if (hasRater && pattern !== undefined) {
    return {
      ratings: [{ columns: pattern }],
      instrument: undefined,
      lacking: ["instrument", `parts (which post and source each {item} of ${pattern} is)`]
    }
  }
  if (!hasRater && columns.length > 1)
    return { ratings: [{ raters: columns }], instrument: undefined, lacking: ["instrument"] }
  return {
    ratings:
      columns.length === 0
        ? undefined
        : [{ dimensions: Object.fromEntries(columns.map((name) => [name, name])) }],
    instrument: undefined,
    lacking: columns.length === 0 ? ["ratings (which columns hold grades)"] : ["instrument"]
  }
}

/** Guesses. `preset` is what the format knows of its own columns. */
export const guessMap = (
  columns: readonly Profile[],
  preset: Preset,
  instruments: readonly Instrument[]
): Guess => {
  const taken = new Map<string, string>()
  const free = () => columns.filter(({ column }) => !taken.has(column))
  const find = (fact: keyof typeof usual): Profile | undefined => {
    const found = free().find(({ column }) => usual[fact].test(column))
    if (found !== undefined) taken.set(found.column, fact)
    return found
  }
  for (const [fact, column] of Object.entries(preset.submission ?? {}))
    if (columns.some((one) => one.column === column)) taken.set(column, `submission ${fact}`)
  for (const { column, rule } of preset.skip ?? [])
    if (!taken.has(column) && columns.some((one) => one.column === column)) taken.set(column, `skip: ${rule}`)

  const map: Record<string, unknown> = {}
  const own = columns.find(({ column }) => column === preset.rater)
  if (own !== undefined) taken.set(own.column, "rater")
  const rater = own ?? find("rater")
  if (rater !== undefined) map.rater = rater.column
  // Long texts are words and not ids, whatever their column is called.
  for (const fact of ["text", "body"] as const) {
    const words = free().find(({ column, length }) => usual[fact].test(column) && length > 40)
    if (words === undefined) continue
    taken.set(words.column, fact)
    map[fact] = words.column
  }
  for (const fact of ["response", "post", "source", "condition", "suite", "domain"] as const) {
    const found = find(fact)
    if (found !== undefined) map[fact] = found.column
  }
  const panel = find("panel")
  if (panel !== undefined) map.panel = { column: panel.column }

  const value = find("value")
  const grades = value === undefined ? free().filter(looksLikeGrades) : []
  const said =
    value === undefined
      ? severalValues(grades, rater !== undefined, instruments)
      : oneValue(value, find, instruments)
  for (const { column } of grades) taken.set(column, "ratings")
  if (said.instrument !== undefined) map.instrument = said.instrument
  if (said.ratings !== undefined) map.ratings = said.ratings
  const byColumn = rater === undefined && JSON.stringify(said.ratings ?? "").includes('"raters"')
  const lacking = [
    ...(rater === undefined && !byColumn ? ["rater"] : []),
    ...(map.response === undefined && (map.post ?? map.body) === undefined ? ["post (or response)"] : []),
    ...(map.response === undefined && map.source === undefined ? ["source"] : []),
    ...said.lacking
  ]
  return { map: map satisfies Partial<Record<keyof typeof RatingsMap.Encoded, unknown>>, taken, lacking }
}
