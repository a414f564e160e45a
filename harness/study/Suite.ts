/** A suite: the posts of one domain, and where they come from. */
import { createHash } from "node:crypto"
import { Effect, Schema } from "effect"
import { type ContentHash, SuiteName } from "./Ids.ts"
import { Post, postHash } from "./Post.ts"

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

/**
 * Hashes a suite post by post, in file order, without keeping the posts: SHA-256 over a line of JSON for the
 * name and one for each post's id and text hash.
 */
export class SuiteHasher {
  readonly #hash = createHash("sha256")

  constructor(name: SuiteName) {
    this.#hash.update(`${JSON.stringify(name)}\n`)
  }

  /** Adds the next post. */
  add(post: Pick<Post, "id" | "title" | "body" | "language">): void {
    this.addHashed(post.id, postHash(post))
  }

  /** Adds the next post by the hash of its text. */
  addHashed(id: string, hash: ContentHash): void {
    this.#hash.update(`${JSON.stringify([id, hash])}\n`)
  }

  /** The suite's hash; to be asked for once, after the last post. */
  digest(): ContentHash {
    return this.#hash.digest("hex") as ContentHash
  }
}
