/** The tables of an export: posts, responses, ratings. A column is never renamed or given another meaning. */
import type { RunPost } from "../../store/Runs.ts"
import { flag, integer, number, type RowTable, tableOf, text } from "./Column.ts"
import { answerCost, type CallDetail, detailOf, type SourcePrices } from "./callDetail.ts"
import type { ExportedAnswer, ExportedRating } from "./readRun.ts"

const posts = (run: string): RowTable =>
  tableOf<RunPost>(
    "posts",
    [
      text("run", () => run),
      text("suite", ({ suite }) => suite),
      text("post", ({ post }) => post),
      text("domain", ({ domain }) => domain),
      integer("ordinal", ({ ordinal }) => ordinal),
      text("language", ({ language }) => language),
      text("title", ({ title }) => title),
      text("body", ({ body }) => body),
      text("emotions", ({ labels }) => labels.emotions.join("; ")),
      text("severity", ({ labels }) => labels.severity),
      text("seeks", ({ labels }) => labels.seeks),
      text("fault", ({ labels }) => labels.fault),
      flag("crisis", ({ labels }) => (labels.crisis === "not stated" ? null : labels.crisis)),
      text("content_note", ({ labels }) => labels.contentNote)
    ],
    ({ post }) => [post]
  )

interface ResponseRow {
  readonly post: RunPost
  readonly answer: ExportedAnswer
  readonly detail: CallDetail
}

const responses = (run: string, prices: SourcePrices): RowTable =>
  tableOf<ResponseRow>(
    "responses",
    [
      text("run", () => run),
      text("suite", ({ post }) => post.suite),
      text("post", ({ post }) => post.post),
      text("domain", ({ post }) => post.domain),
      text("source", ({ answer }) => answer.source),
      text("author", ({ answer }) => answer.author),
      text("condition", ({ answer }) => answer.condition),
      integer("epoch", ({ answer }) => answer.epoch),
      text("outcome", ({ answer }) => answer.outcome),
      text("text", ({ answer }) => answer.text),
      integer("words", ({ answer }) => answer.words),
      text("plugin", ({ answer }) => answer.plugin),
      text("plugin_version", ({ answer }) => answer.pluginVersion),
      text("model", ({ answer }) => (answer.model === "" ? null : answer.model)),
      text("served_model", ({ detail }) => detail.served?.model),
      text("served_fingerprint", ({ detail }) => detail.served?.fingerprint),
      text("finish", ({ detail }) => detail.finish),
      integer("input_tokens", ({ detail }) => detail.usage?.inputTokens),
      integer("output_tokens", ({ detail }) => detail.usage?.outputTokens),
      integer("reasoning_tokens", ({ detail }) => detail.usage?.reasoningTokens),
      integer("cached_tokens", ({ detail }) => detail.usage?.cachedTokens),
      number("cost_usd", ({ answer, detail }) => answerCost(answer, detail, prices)),
      integer("attempts", ({ answer }) => answer.attempts),
      integer("milliseconds", ({ answer }) => answer.millis),
      text("answered_at", ({ answer }) => answer.at),
      text("call", ({ answer }) => answer.key)
    ],
    ({ post, answers }) => answers.map((answer) => ({ post, answer, detail: detailOf(answer) }))
  )

interface RatingRow {
  readonly post: RunPost
  readonly answer: ExportedAnswer
  readonly rating: ExportedRating
}

const ratings = (run: string): RowTable =>
  tableOf<RatingRow>(
    "ratings",
    [
      text("run", () => run),
      text("suite", ({ post }) => post.suite),
      text("post", ({ post }) => post.post),
      text("domain", ({ post }) => post.domain),
      text("source", ({ rating }) => rating.source),
      text("condition", ({ rating }) => rating.condition),
      integer("epoch", ({ rating }) => rating.epoch),
      text("instrument", ({ rating }) => rating.instrument),
      text("dimension", ({ rating }) => rating.dimension),
      text("rater_kind", ({ rating }) => rating.raterKind),
      text("rater", ({ rating }) => rating.rater),
      text("rater_version", ({ rating }) => (rating.raterVersion === "" ? null : rating.raterVersion)),
      text("panel", ({ rating }) => rating.panel),
      integer("repeat", ({ rating }) => rating.repeat),
      number("value", ({ rating }) => rating.value),
      text("unscored", ({ rating }) => rating.unscored),
      number("expected", ({ rating }) => rating.expected),
      text("rationale", ({ rating }) => rating.rationale || null),
      flag("excluded", ({ rating }) => rating.excludedBy.length > 0),
      text("excluded_by", ({ rating }) => rating.excludedBy.join("; ") || null),
      text("rated_at", ({ rating }) => rating.at),
      text("call", ({ answer }) => answer.key)
    ],
    ({ post, answers }) =>
      answers.flatMap((answer) => answer.ratings.map((rating) => ({ post, answer, rating })))
  )

/** The three tables of a run. */
export const tablesOf = (run: string, prices: SourcePrices): readonly RowTable[] => [
  posts(run),
  responses(run, prices),
  ratings(run)
]
