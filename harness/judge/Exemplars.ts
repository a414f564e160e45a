/**
 * Rated examples that a judge is shown. They must not be among what it judges: scores of texts whose answer the
 * judge was told mean nothing.
 */
import { Effect, Schema } from "effect"
import { FileError } from "../catalog/FileError.ts"
import { readYaml } from "../catalog/YamlFile.ts"
import { type Hashable, hashJson } from "../study/Hash.ts"
import { type ContentHash, DimensionName, InstrumentName } from "../study/Ids.ts"
import { type Dimension, type Instrument, isOnScale } from "../study/Instrument.ts"

const Exemplar = Schema.Struct({
  instrument: InstrumentName,
  dimension: DimensionName,
  post: Schema.NonEmptyString,
  response: Schema.NonEmptyString,
  value: Schema.Finite,
  why: Schema.NonEmptyString
})

const File = Schema.Struct({ exemplars: Schema.NonEmptyArray(Exemplar) })

/** A file of exemplars with the hash of what it says. */
export interface Exemplars {
  readonly file: string
  readonly hash: ContentHash
  readonly list: readonly (typeof Exemplar.Type)[]
}

/** Reads a file of exemplars. */
export const readExemplars = (file: string) =>
  Effect.map(
    readYaml(File, file, "name the file with --exemplars"),
    ({ exemplars }): Exemplars => ({
      file,
      hash: hashJson(exemplars as unknown as Hashable),
      list: exemplars
    })
  )

/** What is wrong with exemplars for these instruments: a dimension or value there is not, or none that fits. */
export const exemplarsWrong = (
  { file, list }: Exemplars,
  instruments: readonly Instrument[]
): FileError | undefined => {
  const mend = "correct the file of --exemplars"
  for (const [index, { instrument, dimension, value }] of list.entries()) {
    const known = instruments.find(({ name }) => name === instrument)
    if (known === undefined) continue
    const place = `exemplar ${index + 1} of ${file}`
    const of = known.dimensions.find(({ name }) => name === dimension)
    if (of === undefined) {
      const names = known.dimensions.map(({ name }) => name).join(", ")
      return new FileError({
        place,
        reason: `${instrument} has no dimension ${dimension}; it has ${names}`,
        mend
      })
    }
    if (!isOnScale(of.scale, value)) {
      const { minimum, maximum } = of.scale
      return new FileError({
        place,
        reason: `${value} is not on the scale ${minimum} to ${maximum} of ${dimension}`,
        mend
      })
    }
  }
  return list.some(({ instrument }) => instruments.some(({ name }) => name === instrument))
    ? undefined
    : new FileError({
        place: file,
        reason: `no exemplar is for ${instruments.map(({ name }) => name).join(", ")}`,
        mend
      })
}

/** A text as it is compared: case, white space, punctuation and the form of characters do not count. */
const bare = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()

/** Says which exemplar a post or a response is, if it is one: by its text, however it is spaced. */
export const overlapFinder = (
  exemplars: Exemplars
): ((post: { readonly title: string; readonly body: string }, response: string) => string | undefined) => {
  const posts = new Map(exemplars.list.map((entry, index) => [bare(entry.post), index + 1]))
  const responses = new Map(exemplars.list.map((entry, index) => [bare(entry.response), index + 1]))
  return (post, response) => {
    const number =
      posts.get(bare(post.body)) ??
      posts.get(bare(`${post.title} ${post.body}`)) ??
      responses.get(bare(response))
    return number === undefined ? undefined : `exemplar ${number} of ${exemplars.file}`
  }
}

/** The examples for some dimensions of an instrument, as the prompt shows them; empty when there are none. */
export const exemplarText = (
  exemplars: Exemplars | undefined,
  instrument: string,
  dimensions: readonly Dimension[]
): string => {
  const list = (exemplars?.list ?? []).filter(
    (entry) =>
      entry.instrument === instrument && dimensions.some((dimension) => dimension.name === entry.dimension)
  )
  if (list.length === 0) return ""
  return [
    "Examples that were rated before:",
    ...list.map(
      ({ dimension, post, response, value, why }) =>
        `Post: ${post}\nResponse: ${response}\nRating of ${dimension}: ${value}, because ${why}`
    )
  ].join("\n\n")
}
