/**
 * A baseline: the texts that a candidate is measured against, with everything that has to be the same for the
 * measuring to mean anything. The texts travel with it because the raters rate them again beside the candidate's:
 * a judge that has drifted since then gives both the same drift.
 */
import { Schema } from "effect"
import { parseSpec } from "../model/Plugins.ts"
import {
  ManifestCondition,
  ManifestInstrument,
  ManifestJudge,
  ManifestRater,
  ManifestSource,
  ManifestSuite
} from "../run/Manifest.ts"
import { type Hashable, hashJson } from "../study/Hash.ts"
import { ContentHash, PostId, SuiteName } from "../study/Ids.ts"
import { Outcome } from "../study/Response.ts"
import { SourceKind } from "../study/Source.ts"

/** One text of the baseline, with the scores it had when it was saved. */
export const BaselineText = Schema.Struct({
  suite: SuiteName,
  post: PostId,
  postHash: ContentHash,
  epoch: Schema.Int.pipe(Schema.check(Schema.isGreaterThan(0))),
  outcome: Outcome,
  author: SourceKind,
  text: Schema.String,
  /** By kind of rater, instrument and measure; only to tell how far a judge has drifted, never to compare with. */
  scores: Schema.Record(Schema.String, Schema.Finite),
  /** The same for each automatic rater by itself: by its name, then by instrument and measure. */
  byRater: Schema.optionalKey(Schema.Record(Schema.String, Schema.Record(Schema.String, Schema.Finite)))
})
export type BaselineText = typeof BaselineText.Type

const fields = {
  format: Schema.Literal("warmline-baseline/1"),
  /** The run it was taken from. */
  run: Schema.String,
  /** ISO time. */
  savedAt: Schema.String,
  suites: Schema.Array(ManifestSuite),
  condition: ManifestCondition,
  instruments: Schema.NonEmptyArray(ManifestInstrument),
  raters: Schema.Array(ManifestRater),
  /** As they were asked last; absent where no judge rated the run. */
  judges: Schema.optionalKey(Schema.Array(ManifestJudge)),
  source: ManifestSource,
  texts: Schema.NonEmptyArray(BaselineText)
}

const Content = Schema.Struct(fields)
export type BaselineContent = typeof Content.Type

/** The file. */
export const Baseline = Schema.Struct({
  ...fields,
  /** Of everything else in the file: a baseline that was edited says so. */
  hash: ContentHash
})
export type Baseline = typeof Baseline.Type

const encodeContent = Schema.encodeSync(Content)

/** The hash of a baseline's content. */
export const contentHash = (content: BaselineContent): ContentHash =>
  hashJson(encodeContent(content) as unknown as Hashable)

/** Content with its hash. */
export const sealed = (content: BaselineContent): Baseline => ({ ...content, hash: contentHash(content) })

/** Whether the file is as it was saved. */
export const isSealed = ({ hash, ...content }: Baseline): boolean => contentHash(content) === hash

/**
 * What a rater is, whatever it is called: kind, plugin, version, model, config and whatever else a manifest says of
 * it. The place of its file does not count, since its version is the hash of what the file says.
 */
export const raterHash = ({ id: _, spec, ...rater }: ManifestRater): ContentHash =>
  hashJson({ ...rater, model: spec === undefined ? "" : parseSpec(spec).model } as unknown as Hashable)
