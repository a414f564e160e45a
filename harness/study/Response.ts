/** A response: one source's answer to one post under one condition, one epoch. */
import { Schema } from "effect"
import { CallKey, ConditionName, ContentHash, PostId, SourceId, SuiteName } from "./Ids.ts"
import { SourceKind } from "./Source.ts"

/**
 * How an answer ended. Only `ok` and `truncated` texts are rated; the others are counted per source and
 * shown, because a model that refuses is not a model that answered coldly. `no_text`: people rated it, and the
 * file they came in does not have the text.
 */
export const Outcome = Schema.Literals(["ok", "truncated", "refusal", "content_filter", "empty", "no_text"])
export type Outcome = typeof Outcome.Type

/** Whether raters see a text that ended so. */
export const isRated = (outcome: Outcome): boolean => outcome === "ok" || outcome === "truncated"

/** Tokens as the provider counted them; absent when it did not say. */
export const Usage = Schema.Struct({
  inputTokens: Schema.optionalKey(Schema.Int),
  outputTokens: Schema.optionalKey(Schema.Int),
  /** The part of `outputTokens` spent on hidden reasoning. */
  reasoningTokens: Schema.optionalKey(Schema.Int),
  /** The part of `inputTokens` the provider had cached. */
  cachedTokens: Schema.optionalKey(Schema.Int)
})
export type Usage = typeof Usage.Type

/** One response as the store keeps it. */
export class Response extends Schema.Class<Response>("warmline/Response")({
  suite: SuiteName,
  post: PostId,
  postHash: ContentHash,
  source: SourceId,
  sourceKind: SourceKind,
  condition: ConditionName,
  /** Counts repeated answers from 1. */
  epoch: Schema.Int.pipe(Schema.check(Schema.isGreaterThan(0))),
  /** The content address of the call that made it. */
  call: CallKey,
  outcome: Outcome,
  text: Schema.String,
  /** Of `text`, counted as `wordCount` does. */
  words: Schema.Int
}) {}

const segmenter = new Intl.Segmenter("und", { granularity: "word" })

// What UAX 29 says of ASCII: letters, digits and underscores run together, apostrophes, full stops and colons join
// letters, and those, commas and semicolons join digits. Several times as fast as the segmenter, and equal to it.
const asciiWord =
  /[A-Za-z0-9_]+(?:(?:(?<=[A-Za-z])['.:](?=[A-Za-z])|(?<=[0-9])['.,;](?=[0-9]))[A-Za-z0-9_]+)*/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ascii = /^[\u0000-\u007f]*$/

/** Words of a text in any script, by Unicode word segmentation (UAX 29). */
export const wordCount = (text: string): number => {
  let words = 0
  if (ascii.test(text)) {
    // An underscore by itself is no word to the segmenter, two are.
    for (const [word] of text.matchAll(asciiWord)) if (word !== "_") words++
    return words
  }
  for (const segment of segmenter.segment(text)) if (segment.isWordLike) words++
  return words
}
