/**
 * Content addresses and seeds. The same question to the same plugin, version and model, with the same
 * parameters, seed and epoch, has the same key in every study: a finished call is never paid for twice.
 */
import { hash } from "node:crypto"
import { type Hashable, hashJson, type Json } from "./Hash.ts"
import type { CallKey } from "./Ids.ts"
import type { Parameters } from "./Source.ts"
import type { Message } from "./Template.ts"

/** Everything that decides what a call asks. A secret has no place here. */
export interface CallIdentity {
  readonly plugin: string
  readonly pluginVersion: string
  readonly model: string
  readonly messages: readonly Message[]
  readonly parameters: Parameters
  readonly seed: number
  readonly epoch: number
  /** What else a plugin's answer depends on: its config, or the recorded file's hash and the post it is asked for. */
  readonly extra?: Json | undefined
}

/** SHA-256 of the canonical JSON of the identity. */
export const callKey = (identity: CallIdentity): CallKey =>
  hashJson(identity as unknown as Hashable) as string as CallKey

/**
 * A seed in 0 … 2^31 − 1 from the study's seed and the names of what it is for, never from the order in which
 * calls happen to run: the first 31 bits of SHA-256.
 */
export const deriveSeed = (studySeed: number, ...parts: readonly (string | number)[]): number =>
  hash("sha256", JSON.stringify([studySeed, ...parts]), "buffer").readUInt32BE(0) >>> 1
