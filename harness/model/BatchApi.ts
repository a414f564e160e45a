/**
 * What a model may offer beside single calls: many questions handed in at once, answered within a day, at a lower
 * price. A plugin only speaks to the provider; when to hand in, to look and to fetch, and what is written down before
 * and after, is the harness's.
 */
import type { Effect, Stream } from "effect"
import type { Call, Reply } from "./Model.ts"
import type { ModelError } from "./ModelError.ts"

/** A batch as the harness knows it before the provider has a name for it. */
export interface BatchHandle {
  /** Unguessable and of `[a-z0-9]`; the provider keeps it where it has a place for one. */
  readonly name: string
  readonly requests: number
  /** When it was first tried, epoch ms. */
  readonly since: number
  /** Ids that are known to be other batches. */
  readonly others: ReadonlySet<string>
}

/** How a batch stands at the provider. `failed`: refused as a whole, nothing was asked. */
export interface BatchLook {
  readonly id: string
  readonly state: "running" | "ended" | "expired" | "cancelled" | "failed"
  /** Requests that have an answer, and those that will have none. */
  readonly done: number
  readonly failed: number
  /** Why it failed. */
  readonly reason?: string | undefined
  /** Files of results, where results are files. */
  readonly files?: readonly string[]
}

/** One line of a batch's results. Lines come in any order. */
export type BatchLine =
  | { readonly _tag: "Answered"; readonly key: string; readonly reply: Reply }
  /** This request has no answer: it failed, expired or was cancelled, or its answer is not what was promised. */
  | { readonly _tag: "Refused"; readonly key: string; readonly reason: string }
  /** Not JSON, or without a name: whose line it is cannot be told. */
  | { readonly _tag: "Broken" }

/** Batches of one model. */
export interface BatchApi {
  /** The share of the price of single calls that is paid, such as 0.5. */
  readonly share: number
  /** What the provider takes in one batch. */
  readonly mostRequests: number
  readonly mostBytes: number
  /** First wait between two looks, ms. */
  readonly pollMillis: number
  /** A request as it is handed in, under a name of 64 hex digits: JSON on one line. */
  readonly line: (key: string, call: Call) => string
  /** Hands in lines and returns the provider's id. */
  readonly submit: (handle: BatchHandle, lines: readonly string[]) => Effect.Effect<string, ModelError>
  /** The id of a batch that may have been handed in although nobody heard of it. */
  readonly find: (handle: BatchHandle) => Effect.Effect<string | undefined, ModelError>
  readonly look: (id: string) => Effect.Effect<BatchLook, ModelError>
  /** Fails when the results break off with their connection. */
  readonly results: (look: BatchLook) => Stream.Stream<BatchLine, ModelError>
  readonly cancel: (id: string) => Effect.Effect<void, ModelError>
}
