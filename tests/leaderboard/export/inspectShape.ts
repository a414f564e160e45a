/**
 * A reader of logs in Inspect's format, version 2, for the parts that an export writes. It is written after the
 * schema that Inspect publishes (github.com/UKGovernmentBEIS/inspect_ai, MIT licence, Copyright (c) 2024 UK AI Security
 * Institute: `EvalLog` in `src/inspect_ai/_view/inspect-openapi.json` at 499e615): the same required fields, types and
 * words. A field that the schema does not name is an error here, though Inspect itself would pass it over.
 */
import { Schema } from "effect"

const { Boolean: Flag, Finite, Int, Literal, Literals, String: Text, optionalKey } = Schema
const anything = Schema.Record(Text, Schema.Json)
const texts = Schema.Record(Text, Text)

const Usage = Schema.Struct({
  input_tokens: Int,
  output_tokens: Int,
  total_tokens: Int,
  input_tokens_cache_read: optionalKey(Int),
  reasoning_tokens: optionalKey(Int),
  total_cost: optionalKey(Finite)
})
const usages = Schema.Record(Text, Usage)

const Config = Schema.Struct({
  temperature: optionalKey(Finite),
  top_p: optionalKey(Finite),
  max_tokens: optionalKey(Int)
})

const asked = { content: Text, source: optionalKey(Literals(["input", "generate", "operator"])) }
const Message = Schema.Union([
  Schema.Struct({ role: Literal("system"), ...asked }),
  Schema.Struct({ role: Literal("user"), ...asked }),
  Schema.Struct({ role: Literal("assistant"), ...asked, model: optionalKey(Text) })
])

const Choice = Schema.Struct({
  message: Schema.Struct({ role: Literal("assistant"), ...asked, model: optionalKey(Text) }),
  stop_reason: Literals(["stop", "max_tokens", "model_length", "tool_calls", "content_filter", "unknown"])
})

const Score = Schema.Struct({
  value: Finite,
  explanation: optionalKey(Text),
  metadata: optionalKey(anything),
  history: Schema.Array(Schema.Never)
})

const Sample = Schema.Struct({
  id: Schema.Union([Text, Int]),
  epoch: Int,
  input: Schema.Array(Message),
  target: Text,
  messages: Schema.Array(Message),
  output: Schema.Struct({
    model: Text,
    choices: Schema.Array(Choice),
    completion: Text,
    usage: optionalKey(Usage),
    time: optionalKey(Finite)
  }),
  scores: Schema.Record(Text, Score),
  metadata: anything,
  store: anything,
  events: Schema.Array(Schema.Never),
  model_usage: usages,
  role_usage: usages,
  attachments: texts,
  completed_at: optionalKey(Text)
})

const Metric = Schema.Struct({ name: Text, value: Finite, params: anything })

const ResultScore = Schema.Struct({
  name: Text,
  scorer: Text,
  reducer: optionalKey(Text),
  scored_samples: optionalKey(Int),
  unscored_samples: optionalKey(Int),
  params: anything,
  metrics: Schema.Record(Text, Metric),
  metadata: optionalKey(anything)
})

const Spec = Schema.Struct({
  eval_id: Text,
  run_id: Text,
  created: Text,
  task: Text,
  task_id: Text,
  task_version: Schema.Union([Int, Text]),
  task_attribs: anything,
  task_args: anything,
  task_args_passed: anything,
  dataset: Schema.Struct({ name: Text, samples: Int, shuffled: Flag }),
  model: Text,
  model_generate_config: Config,
  model_args: anything,
  config: Schema.Struct({ epochs: Int, epochs_reducer: Schema.Array(Text) }),
  packages: texts,
  scorers: Schema.Array(Schema.Struct({ name: Text, metadata: anything })),
  metadata: anything
})

const step = Schema.Struct({ solver: Text, params: anything, params_passed: anything })

/** A whole log. */
export const EvalLog = Schema.Struct({
  version: Literal(2),
  status: Literals(["started", "success", "cancelled", "error"]),
  eval: Spec,
  plan: Schema.Struct({ name: Text, steps: Schema.Array(step), config: Config }),
  results: Schema.Struct({
    total_samples: Int,
    completed_samples: Int,
    scores: Schema.Array(ResultScore)
  }),
  stats: Schema.Struct({
    started_at: Text,
    completed_at: Text,
    model_usage: usages,
    role_usage: usages,
    connection_limit_history: Schema.Array(Schema.Never)
  }),
  invalidated: Flag,
  tags: Schema.Array(Text),
  metadata: anything,
  samples: Schema.Array(Sample)
})

/** Reads a log's text; throws where it is not as Inspect has it. */
export const readLog = (text: string): typeof EvalLog.Type =>
  Schema.decodeUnknownSync(Schema.fromJsonString(EvalLog), { onExcessProperty: "error" })(text)
