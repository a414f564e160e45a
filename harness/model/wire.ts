/** Providers' answers, read by a schema: what does not fit is `Malformed`, and the reason is one line. */
import { Effect, Result, Schema } from "effect"
import { Malformed } from "./ModelError.ts"
import { oneLine } from "./thrown.ts"

/** A text that a provider may leave out or send as null. */
export const WireText = Schema.optionalKey(Schema.NullOr(Schema.String))

/** A count that a provider may leave out or send as null. */
export const WireCount = Schema.optionalKey(Schema.NullOr(Schema.Int))

const Alternative = Schema.Struct({ token: Schema.String, logprob: Schema.Finite })

/** A token with the likeliest others in its place, as OpenAI and Ollama write it. */
const WireToken = Schema.Struct({
  ...Alternative.fields,
  top_logprobs: Schema.optionalKey(Schema.NullOr(Schema.Array(Alternative)))
})

/** Tokens that a provider may leave out or send as null. */
export const WireTokens = Schema.optionalKey(Schema.NullOr(Schema.Array(WireToken)))

/** Tokens in the form of `Reply.logprobs`. */
export const tokenList = (tokens: readonly (typeof WireToken.Type)[]) =>
  tokens.map(({ token, logprob, top_logprobs }) => ({ token, logprob, top: top_logprobs ?? [] }))

/** Makes a reader of answers of one schema. */
export const wireReader = <A>(schema: Schema.Codec<A, unknown>) => {
  const decode = Schema.decodeUnknownResult(schema)
  return (answer: unknown): Effect.Effect<A, Malformed> => {
    const read = decode(answer)
    return Result.isSuccess(read)
      ? Effect.succeed(read.success)
      : Effect.fail(
          new Malformed({ message: oneLine(`the answer is not what was promised: ${read.failure.message}`) })
        )
  }
}

/** Leaves out what is `undefined` or `null`, so that absent stays absent. */
export const stated = <const T extends Record<string, unknown>>(
  fields: T
): { [K in keyof T]?: NonNullable<T[K]> } => {
  const kept: Record<string, unknown> = {}
  for (const name in fields) {
    const value = fields[name]
    if (value !== undefined && value !== null) kept[name] = value
  }
  return kept as { [K in keyof T]?: NonNullable<T[K]> }
}
