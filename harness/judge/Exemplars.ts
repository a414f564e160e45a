/**
 * Rated examples that a judge is shown. They must not be among what it judges: scores of texts whose answer the
 * judge was told mean nothing.
 */
import { Effect, Schema } from "effect"
import { readYaml } from "../catalog/YamlFile.ts"
import { type Hashable, hashJson } from "../study/Hash.ts"
import { type ContentHash, DimensionName, InstrumentName } from "../study/Ids.ts"
import type { Dimension } from "../study/Instrument.ts"

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
