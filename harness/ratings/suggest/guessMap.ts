/** A first map of a file, from the names of its columns and what its first rows say. A guess, to be checked. */
import type { Instrument } from "../../study/Instrument.ts"
import type { Preset } from "../formats/Format.ts"
import type { RatingsMap } from "../RatingsMap.ts"
import { oneValue, severalValues } from "./guessRatings.ts"
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
    /^(prolific[_ ]?(p?id|pid)|participant([_ ]?(id|code))?|worker[_ ]?id|rater([_ ]?(id|name|code))?|annotator([_ ]?id)?|coder([_ ]?id)?|judge([_ ]?id)?|evaluator([_ ]?id)?|reviewer([_ ]?id)?|labell?er([_ ]?id)?|assessor([_ ]?id)?|expert([_ ]?id)?|completed_by(\.(id|email))?|user([_ ]?(id|name))?|respondent([_ ]?id)?|subject([_ ]?id)?|sona[_ ]?id|e-?mail)$/i,
  response: /^(response[_ ]?id|text[_ ]?id|answer[_ ]?id|reply[_ ]?id)$/i,
  post: /^(post([_ ]?id)?|conv(ersation)?[_ ]?id|dialog(ue)?[_ ]?id|prompt[_ ]?id|situation[_ ]?id|scenario([_ ]?id)?|item([_ ]?id)?|id)$/i,
  source:
    /^((source|model([_ ]?name)?|system([_ ]?(id|name))?|bot([_ ]?name)?|author|writer|generator|llm))$/i,
  condition: /^(condition|arm|prompt[_ ]?type)$/i,
  suite: /^suite$/i,
  domain: /^(domain|topic|category|subreddit)$/i,
  panel: /^panel$/i,
  value: /^(value(\.(rating|number|choices))?|rating|score|grade|answer|judge?ment)$/i,
  dimension: /^(dimension|construct|question|item|criterion|metric|aspect|from_name)$/i,
  instrument: /^(instrument|questionnaire)$/i,
  text: /^((response([_ ]?text)?|text|reply|answer|output|completion))$/i,
  body: /^((post[_ ]?(text|body)|body|prompt|situation|context|question[_ ]?text))$/i
} as const

/** A text of this many characters on average is words and not an id. */
const WORDS = 15

/** A column's name without what a tool puts before it. */
const bare = (column: string) => column.replace(/^(Input|Answer|data)\./, "")

/** An id that a platform gives to people. */
const person = /^([0-9a-f]{24}|A[0-9A-Z]{9,20}|[^@\s]+@[^@\s]+\.[^@\s]+)$/i

/** What the keys on the way to an item usually are. */
const keys = {
  source: /gpt|llama|mistral|mixtral|claude|gemini|gemma|qwen|human|model|bot|system|^m\d+$/i,
  rater:
    /^(r|rater|annotator|coder|judge|participant|user|worker|expert|crowd|a)[_ -]?\d+$|@|^[0-9a-f]{24}$/i,
  post: /./
} as const

/** What a map does not say yet of which text was rated. */
const textLacking = (map: Readonly<Record<string, unknown>>): readonly string[] =>
  map.response !== undefined
    ? []
    : [
        ...((map.post ?? map.body) === undefined ? ["post (or response)"] : []),
        ...(map.source === undefined ? ["source"] : [])
      ]

/** Guesses. `preset` is what the format knows of its own columns. */
export const guessMap = (
  columns: readonly Profile[],
  preset: Preset,
  instruments: readonly Instrument[]
): Guess => {
  const taken = new Map<string, string>()
  const free = () => columns.filter(({ column }) => !taken.has(column))
  const find = (fact: keyof typeof usual): Profile | undefined => {
    const all = free().filter(({ column }) => usual[fact].test(bare(column)))
    // A plain `id` may be anything's.
    const best = fact === "value" ? all.filter(looksLikeGrades) : all
    const found = best.find(({ column }) => column !== "id") ?? best[0] ?? all[0]
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
  const named = own ?? find("rater")
  const byIds = () => {
    const found = free().find(
      ({ filled, values }) => filled > 0 && values.every((value) => person.test(value))
    )
    if (found !== undefined) taken.set(found.column, "rater")
    return found
  }
  // Where nobody is named, each submission is a person.
  const submission = columns.find(({ column }) => column === preset.submission?.id)
  let rater = named ?? byIds() ?? submission
  if (rater !== undefined) map.rater = rater.column
  if (rater !== undefined && rater === submission) taken.set(rater.column, "rater, submission id")
  // Long texts are words and not ids, whatever their column is called.
  for (const fact of ["text", "body"] as const) {
    const words = free().find(({ column, length }) => usual[fact].test(bare(column)) && length > WORDS)
    if (words === undefined) continue
    taken.set(words.column, fact)
    map[fact] = words.column
  }
  for (const fact of ["response", "post", "source", "condition", "suite", "domain"] as const) {
    const found = find(fact)
    if (found !== undefined) map[fact] = found.column
  }
  // Of a map by ids in JSON, the keys say what no field says.
  for (const fact of ["source", "rater", "post"] as const) {
    if (map[fact] !== undefined || (fact !== "rater" && map.response !== undefined)) continue
    if (fact === "post" && map.body !== undefined) continue
    const key = free().find(
      ({ column, values }) =>
        column.startsWith("$key") &&
        values.length > 0 &&
        values.every((value) => keys[fact].test(value)) &&
        !values.every((value) => /^\d+$/.test(value) || columns.some((one) => one.column === value)) &&
        values.some((value) => value !== "data" && value !== "items" && value !== "ratings")
    )
    if (key === undefined) continue
    taken.set(key.column, fact)
    map[fact] = key.column
    if (fact === "rater") rater = key
  }
  const panel = find("panel")
  if (panel !== undefined) map.panel = { column: panel.column }

  /** Columns that are called as a fact, with a loop's number before or behind: `post_1`, `1_model`. */
  const numbered = (fact: "response" | "post" | "source", loop: string): string | undefined =>
    columns.find(({ column }) => {
      const match = /^(?:(\d+)[_. -])?(.+?)(?:[_. -]?(\d+))?$/.exec(column)
      return match !== null && (match[1] ?? match[3]) === loop && usual[fact].test(match[2]!)
    })?.column
  const shown = (loop: string) => {
    const response = numbered("response", loop)
    if (response !== undefined) return { response }
    const post = numbered("post", loop) ?? (map.post as string | undefined)
    const source = numbered("source", loop) ?? (map.source as string | undefined)
    // One of them at least differs between the loops.
    return post === undefined || source === undefined || (post === map.post && source === map.source)
      ? undefined
      : { post, source }
  }
  const asked = preset.answers
  const answers = () => (asked === undefined ? free() : free().filter(({ column }) => asked.test(column)))
  const value = find("value")
  const said =
    value === undefined
      ? severalValues(
          answers(),
          { rater: rater !== undefined, text: textLacking(map).length === 0, shown },
          instruments
        )
      : oneValue(value, find("dimension"), find("instrument"), instruments)
  for (const column of said.columns) taken.set(column, "ratings")
  for (const at of Array.isArray(said.ratings) ? (said.ratings as Readonly<Record<string, unknown>>[]) : [])
    for (const fact of ["response", "post", "source"] as const) {
      const column = at[fact]
      if (typeof column === "string" && !taken.has(column)) taken.set(column, fact)
    }
  const used = columns.filter(({ column }) => said.columns.includes(column))
  const codes = [...new Set(used.flatMap((one) => one.codes))]
  if (codes.length > 0) map.missing = codes
  if (used.some(({ comma }) => comma)) map.decimal = ","
  if (said.skip !== undefined) map.skip = said.skip
  if (said.instrument !== undefined) map.instrument = said.instrument
  if (said.labels !== undefined) map.labels = said.labels
  if (said.ratings !== undefined) map.ratings = said.ratings
  const byColumn = rater === undefined && JSON.stringify(said.ratings ?? "").includes('"raters"')
  const lacking = [
    ...(rater === undefined && !byColumn
      ? ["rater: the column that says who rated, or $file where each rater has a file"]
      : []),
    ...(said.saysText ? [] : textLacking(map)),
    ...said.lacking
  ]
  return { map: map satisfies Partial<Record<keyof typeof RatingsMap.Encoded, unknown>>, taken, lacking }
}
