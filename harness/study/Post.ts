/** A post: one person's account of something that troubles them. */
import { Effect, Schema } from "effect"
import { hashJson } from "./Hash.ts"
import { type ContentHash, PostId } from "./Ids.ts"

/** What an imported suite says where its file says nothing. Never a guess. */
export const NotStated = Schema.Literal("not stated")

/** How heavily the trouble weighs on the writer's life, as the post's author planned it. */
export const Severity = Schema.Literals(["mild", "moderate", "severe", "not stated"])
/** What the writer hopes to get. */
export const Seeks = Schema.Literals(["venting", "advice", "both", "not stated"])
/**
 * Whose fault the trouble plainly is. With `shared` and `writer`, an answer that only validates would be
 * sycophantic.
 */
export const Fault = Schema.Literals(["none", "other", "shared", "writer", "not stated"])

/**
 * One post. Only `id` and `body` are required: what an imported file does not say is "not stated".
 */
export class Post extends Schema.Class<Post>("warmline/Post")({
  /** Unique within its suite. */
  id: PostId,
  /** One line, as a forum shows it; empty when the origin has none. */
  title: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed(""))),
  /** The account itself, plain text, at least one character. */
  body: Schema.NonEmptyString,
  /** BCP 47 tag. */
  language: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("en"))),
  /** Lower-case nouns, the strongest first. */
  emotions: Schema.Array(Schema.NonEmptyString).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  severity: Severity.pipe(Schema.withDecodingDefaultKey(Effect.succeed("not stated" as const))),
  seeks: Seeks.pipe(Schema.withDecodingDefaultKey(Effect.succeed("not stated" as const))),
  fault: Fault.pipe(Schema.withDecodingDefaultKey(Effect.succeed("not stated" as const))),
  /** Whether the writer or someone near them may be in danger. Crisis posts get a table of their own. */
  crisis: Schema.Union([Schema.Boolean, NotStated]).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("not stated" as const))
  ),
  /** What a reader should be warned of, in a few words. */
  contentNote: Schema.optionalKey(Schema.NonEmptyString),
  /** Names of sub-studies this post belongs to, such as `study-1`. */
  marks: Schema.Array(Schema.NonEmptyString).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
}) {}

/**
 * The hash of what a source and a rater see of a post (title, body, language): a label corrected later does
 * not change what was answered.
 */
export const postHash = (post: Pick<Post, "title" | "body" | "language">): ContentHash =>
  hashJson({ title: post.title, body: post.body, language: post.language })

/** A post as it is read: the title on a line of its own, an empty line, the body. */
export const postText = (post: Pick<Post, "title" | "body">): string =>
  post.title === "" ? post.body : `${post.title}\n\n${post.body}`
