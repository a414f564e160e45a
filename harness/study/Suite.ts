/** A suite: the posts of one domain, and where they come from. */
import { Effect, Schema } from "effect"
import { hashJson } from "./Hash.ts"
import { type ContentHash, SuiteName } from "./Ids.ts"
import { Post } from "./Post.ts"

/** What is known of a suite beside its posts. */
export class SuiteHeader extends Schema.Class<SuiteHeader>("warmline/SuiteHeader")({
  name: SuiteName,
  /** For people. */
  title: Schema.NonEmptyString,
  /** The domain that estimates are sliced by; by default the suite's name. */
  domain: Schema.optionalKey(SuiteName),
  description: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed(""))),
  /** Who wrote the posts and how they came here. Shown in every leaderboard that uses the suite. */
  provenance: Schema.NonEmptyString,
  /** SPDX identifier, or the words of the origin. */
  licence: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("not stated"))),
  /** A string to search for in training corpora: a model that can recite it has seen the posts. */
  canary: Schema.optionalKey(Schema.NonEmptyString),
  /** A file beside `suite.yaml` that holds one post a line (JSONL); it is read as a stream, so its size does not matter. */
  postsFile: Schema.optionalKey(Schema.NonEmptyString)
}) {}

/** A suite file with its posts in it (`suite.yaml`). */
export class SuiteFile extends Schema.Class<SuiteFile>("warmline/SuiteFile")({
  ...SuiteHeader.fields,
  posts: Schema.Array(Post).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
}) {}

/** A suite as a study uses it. */
export interface Suite {
  readonly header: SuiteHeader
  readonly domain: SuiteName
  /** Hash of the name and of every post's id and text, in order. */
  readonly hash: ContentHash
  readonly posts: number
}

/** The suite's hash from its posts' ids and hashes, in file order. */
export const suiteHash = (
  name: SuiteName,
  posts: ReadonlyArray<{ readonly id: string; readonly hash: string }>
): ContentHash => hashJson({ suite: name, posts: posts.map(({ id, hash }) => [id, hash]) })
