/**
 * Parts of a log in the format of Inspect (UK AI Security Institute), version 2: its header and its samples. A log is
 * of one task and one model, so a run has one for each source and condition.
 */
import type { ManifestSource, RunManifest } from "../../run/Manifest.ts"
import type { Condition } from "../../study/Condition.ts"
import { hashJson, type Json } from "../../study/Hash.ts"
import type { Outcome, Usage } from "../../study/Response.ts"
import { renderCondition } from "../../study/Template.ts"
import { answerCost, type CallDetail, detailOf, type SourcePrices } from "./callDetail.ts"
import { type Scorer, type ScorerTally, scoresOf } from "./inspectScores.ts"
import type { ExportedAnswer, ExportedPost } from "./readRun.ts"

/** One log of a run. */
export interface LogOf {
  readonly manifest: RunManifest
  readonly source: ManifestSource
  readonly condition: Condition
  /** When the run was whole; `undefined` while something is missing. */
  readonly finishedAt: string | undefined
}

/** Tokens and dollars as Inspect counts them. */
export interface InspectUsage {
  input_tokens: number
  output_tokens: number
  total_tokens: number
  input_tokens_cache_read?: number
  reasoning_tokens?: number
  total_cost?: number
}

/** A provider's count; `undefined` where it gave none. */
const usageOf = (usage: Usage | undefined, cost: number | undefined): InspectUsage | undefined =>
  usage?.inputTokens === undefined && usage?.outputTokens === undefined
    ? undefined
    : {
        input_tokens: usage.inputTokens ?? 0,
        output_tokens: usage.outputTokens ?? 0,
        total_tokens: (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0),
        ...(usage.cachedTokens === undefined ? {} : { input_tokens_cache_read: usage.cachedTokens }),
        ...(usage.reasoningTokens === undefined ? {} : { reasoning_tokens: usage.reasoningTokens }),
        ...(cost === undefined ? {} : { total_cost: cost })
      }

/** Adds one answer's usage to a log's. */
export const addUsage = (
  sum: InspectUsage | undefined,
  answer: ExportedAnswer,
  prices: SourcePrices
): InspectUsage | undefined => {
  const detail = detailOf(answer)
  const usage = usageOf(detail.usage, answerCost(answer, detail, prices))
  if (usage === undefined || sum === undefined) return usage ?? sum
  const total: InspectUsage = { ...sum }
  for (const key of Object.keys(usage) as (keyof InspectUsage)[]) total[key] = (sum[key] ?? 0) + usage[key]!
  return total
}

// Inspect knows no refusal of its own: a model that refuses is one whose content was filtered.
const stopReason: Record<Outcome, string> = {
  ok: "stop",
  truncated: "max_tokens",
  refusal: "content_filter",
  content_filter: "content_filter",
  empty: "stop",
  no_text: "unknown"
}

const parameter = (source: ManifestSource, name: string): Json | undefined => {
  const { parameters } = source
  return typeof parameters === "object" && parameters !== null && !Array.isArray(parameters)
    ? (parameters as Readonly<Record<string, Json>>)[name]
    : undefined
}

const config = (source: ManifestSource) =>
  Object.fromEntries(
    [
      ["temperature", parameter(source, "temperature")],
      ["top_p", parameter(source, "topP")],
      ["max_tokens", parameter(source, "maxTokens")]
    ].filter(([, value]) => typeof value === "number")
  )

/** Eight hex digits that name the log: the same source, condition and plan have the same. */
export const logId = ({ manifest, source, condition }: LogOf): string =>
  hashJson({ plan: manifest.plan, source: source.id, condition: condition.name }).slice(0, 8)

const scorerFacts = ({ instrument, dimension, raterKind, rater, panels }: Scorer, manifest: RunManifest) => {
  const definition = manifest.instruments.find((entry) => entry.definition.name === instrument)
  const { question, scale, direction } =
    definition?.definition.dimensions.find((entry) => entry.name === dimension) ?? {}
  return {
    instrument,
    instrument_hash: definition?.hash,
    dimension,
    question,
    minimum: scale?.minimum,
    maximum: scale?.maximum,
    direction,
    rater_kind: raterKind,
    rater,
    panels
  }
}

/** Everything of the log but its samples. `usage` is that of all its answers. */
export const logHeader = (
  log: LogOf,
  tallies: readonly ScorerTally[],
  samples: number,
  usage: InspectUsage | undefined
) => {
  const { manifest, source, condition, finishedAt } = log
  const total = manifest.posts * manifest.epochs
  const done = finishedAt !== undefined && samples === total
  const metric = (name: string, value: number) => ({ [name]: { name, value, params: {} } })
  return {
    version: 2,
    status: done ? "success" : "started",
    eval: {
      eval_id: logId(log),
      run_id: manifest.run,
      created: manifest.startedAt,
      task: manifest.study.name,
      task_id: logId(log),
      task_version: 0,
      task_attribs: {},
      task_args: { condition: condition.name },
      task_args_passed: { condition: condition.name },
      dataset: {
        name: manifest.suites.map(({ name }) => name).join(", "),
        samples: manifest.posts,
        shuffled: false
      },
      model: source.id,
      model_generate_config: config(source),
      model_args: source.config,
      config: { epochs: manifest.epochs, epochs_reducer: ["mean"] },
      packages: { warmline: manifest.software.warmline, ...manifest.software.packages },
      scorers: tallies.map(({ scorer }) => ({ name: scorer.name, metadata: scorerFacts(scorer, manifest) })),
      metadata: {
        study: manifest.study.title,
        caution: manifest.study.caution,
        plan: manifest.plan,
        seed: manifest.seed,
        source_kind: source.kind,
        plugin: source.plugin,
        plugin_version: source.version,
        ignored: source.ignored,
        condition: condition.title,
        suites: manifest.suites.map(({ name, hash, licence }) => ({ name, hash, licence }))
      }
    },
    plan: {
      name: "plan",
      steps: [
        {
          solver: "generate",
          params: { condition: condition.name },
          params_passed: { condition: condition.name }
        }
      ],
      config: config(source)
    },
    results: {
      total_samples: total,
      completed_samples: samples,
      scores: tallies.map(({ scorer, scored, unscored, posts, mean, stderr }) => ({
        name: scorer.name,
        scorer: scorer.name,
        reducer: "mean",
        scored_samples: scored,
        unscored_samples: unscored,
        params: {},
        metrics:
          posts === 0
            ? {}
            : { ...metric("mean", mean), ...(stderr === undefined ? {} : metric("stderr", stderr)) },
        metadata: scorerFacts(scorer, manifest)
      }))
    },
    stats: {
      started_at: manifest.startedAt,
      completed_at: finishedAt ?? "",
      model_usage: usage === undefined ? {} : { [source.id]: usage },
      role_usage: {},
      connection_limit_history: []
    },
    invalidated: false,
    tags: [],
    metadata: {}
  }
}

const finishOf = ({ outcome }: ExportedAnswer, { finish }: CallDetail): string =>
  outcome === "ok" && finish === "other" ? "unknown" : stopReason[outcome]

/** One answer as a sample: what was asked, what came back, what it was given. */
export const logSample = (
  log: LogOf,
  { post }: ExportedPost,
  answer: ExportedAnswer,
  prices: SourcePrices
) => {
  const { manifest, source, condition } = log
  const detail = detailOf(answer)
  const usage = usageOf(detail.usage, answerCost(answer, detail, prices))
  const model = detail.served?.model ?? source.id
  const asked = renderCondition(condition, { title: post.title, body: post.body }, post.domain).map(
    ({ role, content }) => ({ role, content, source: "input" })
  )
  const message = { role: "assistant", content: answer.text, source: "generate", model }
  const scores = scoresOf(answer, manifest)
  return {
    id: `${post.suite}/${post.post}`,
    epoch: answer.epoch,
    input: asked,
    target: "",
    messages: [...asked, message],
    output: {
      model,
      choices: [{ message, stop_reason: finishOf(answer, detail) }],
      completion: answer.text,
      ...(usage === undefined ? {} : { usage }),
      time: answer.millis / 1000
    },
    scores: Object.fromEntries(
      scores.flatMap(({ scorer, value, ratings, excluded, unscored, rationales }) =>
        value === undefined
          ? []
          : [
              [
                scorer.name,
                {
                  value,
                  ...(rationales.length === 0 ? {} : { explanation: rationales.join("\n\n") }),
                  metadata: { rater_kind: scorer.raterKind, ratings, excluded, unscored },
                  history: []
                }
              ]
            ]
      )
    ),
    metadata: {
      suite: post.suite,
      post: post.post,
      domain: post.domain,
      ...post.labels,
      outcome: answer.outcome,
      words: answer.words,
      author: answer.author,
      call: answer.key,
      unscored: Object.fromEntries(
        scores.flatMap(({ scorer, value, unscored }) =>
          value === undefined ? [[scorer.name, unscored.join("; ") || "every rating is excluded"]] : []
        )
      )
    },
    store: {},
    events: [],
    model_usage: usage === undefined ? {} : { [source.id]: usage },
    role_usage: {},
    attachments: {},
    completed_at: answer.at
  }
}
