/** `warmline analyze`: a file of ratings through a named mixed model. */
import { Effect, Option } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import { readColumns } from "../../catalog/readColumns.ts"
import { analyze } from "../../stats/mixed/Analyze.ts"
import type { Columns } from "../../stats/mixed/NamedModels.ts"
import * as Ranking from "../../stats/mixed/Ranking.ts"
import type { AnalyzeOptions } from "../commands/analyze.ts"
import { analysisText } from "../display/analysisText.ts"
import { namesOf } from "./namesOf.ts"
import { sayReason } from "./sayReason.ts"

/** Names that the models give to factors of their own. */
const taken = new Set(["response_id", "rater_source", "text_id", "Residual"])

/** A column's own name in the results, unless it would be mistaken for another factor. */
const ownNames = (given: AnalyzeOptions, domain: string | undefined) =>
  Object.fromEntries(
    Object.entries({ source: given.source, rater: given.rater, post: given.post, domain }).filter(
      ([, name]) => name !== undefined && !taken.has(name)
    )
  )

const needs = (model: string, flag: string) =>
  new FileError({
    place: `--model ${model}`,
    reason: `needs a column for the ${flag}`,
    mend: `name it with --${flag}`
  })

/** Columns that were named although the model makes no use of them. */
const unused = (given: AnalyzeOptions): readonly string[] => {
  const users = { length: ["length"], domain: ["domain", "ranking"], text: ["ranking"] } as const
  return Object.entries(users).flatMap(([flag, models]) => {
    const name = Option.getOrUndefined(given[flag as keyof typeof users])
    return name === undefined || models.some((model) => model === given.model)
      ? []
      : [`the model ${given.model} does not use the column ${name} of --${flag}`]
  })
}

/** Reads, fits, prints. */
export const analyzeFile = Effect.fn("Cli.analyze")(function* (given: AnalyzeOptions) {
  const domain = Option.getOrUndefined(given.domain)
  const length = Option.getOrUndefined(given.length)
  const text = Option.getOrUndefined(given.text)
  if (given.model === "domain" && domain === undefined) return yield* needs("domain", "domain")
  if (given.model === "length" && length === undefined) return yield* needs("length", "length")
  const optional = (name: string | undefined) => (name === undefined ? [] : [name])
  const read = yield* readColumns(given.file, {
    texts: [given.source, given.rater, given.post, ...optional(domain), ...optional(text)],
    numbers: [given.rating, ...optional(length)]
  })
  const levels = Option.match(given.levels, { onNone: () => [], onSome: namesOf })
  const columns: Columns = {
    rating: read.numbers[given.rating]!,
    source: read.texts[given.source]!,
    rater: read.texts[given.rater]!,
    post: read.texts[given.post]!,
    ...(domain === undefined ? {} : { domain: read.texts[domain]! }),
    ...(length === undefined ? {} : { length: read.numbers[length]! }),
    ...(text === undefined ? {} : { response: read.texts[text]! })
  }
  const result = analyze(columns, {
    model: given.model,
    method: given.method,
    df: given.df,
    adjust: given.adjust,
    levels,
    names: ownNames(given, domain)
  })
  if (!result.ok) return yield* sayReason(given.file, result.reason, given.json)
  const analysis = {
    ...result.value,
    ...Ranking.of(columns, result.value),
    notes: [...unused(given), ...result.value.notes]
  }
  yield* Effect.sync(() =>
    process.stdout.write(given.json ? `${JSON.stringify(analysis, null, 2)}\n` : analysisText(analysis))
  )
})
