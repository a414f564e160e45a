/**
 * A baseline's texts as a run of their own, in the gate's own store: there they are rated now, whatever was said of
 * them before. The run belongs to a candidate and to when that was rated, so a gate that was cut short goes on where
 * it was, one that is asked again asks no rater again, and a candidate that is rated anew has its baseline rated anew.
 */
import { Clock, Effect, Stream } from "effect"
import { encodeManifest, type RunManifest } from "../run/Manifest.ts"
import { Responses } from "../store/Responses.ts"
import { type RunPost, Runs } from "../store/Runs.ts"
import { hashJson } from "../study/Hash.ts"
import { type PostId, RunId } from "../study/Ids.ts"
import { Post } from "../study/Post.ts"
import { wordCount } from "../study/Response.ts"
import type { Baseline } from "./Baseline.ts"

/** A baseline beside a candidate's run, with the candidate's posts. */
export interface AgainOptions {
  readonly baseline: Baseline
  readonly manifest: RunManifest
  readonly posts: readonly RunPost[]
  /** When the candidate's run was rated first, ISO; `undefined` when it was not. */
  readonly ratedAt: string | undefined
}

const identityOf = ({ baseline, manifest, ratedAt }: Omit<AgainOptions, "posts">) => ({
  baseline: baseline.hash,
  candidate: manifest.run,
  ratedAt
})

/** The run of a baseline's texts beside a candidate. */
export const againRun = (options: Omit<AgainOptions, "posts">): RunId =>
  RunId.make(`gate-${hashJson(identityOf(options)).slice(0, 8)}`)

const key = (post: { readonly suite: string; readonly post: string }) => `${post.suite}\u0000${post.post}`

/** Writes the texts down, once; nothing is rated yet. */
export const beginAgain = Effect.fn("Gate.beginAgain")(function* (options: AgainOptions) {
  const { baseline, manifest, posts } = options
  const { source, condition } = baseline
  const runs = yield* Runs
  const responses = yield* Responses
  const identity = identityOf(options)
  const run = againRun(options)
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  const own: RunManifest = {
    ...manifest,
    run,
    study: { name: "gate", title: `The baseline of run ${baseline.run} beside run ${manifest.run}` },
    calls: baseline.texts.length,
    sources: [source],
    conditions: [condition],
    judges: [],
    startedAt: at
  }
  yield* runs.begin({ id: run, study: "gate", manifest: encodeManifest(own), at })
  yield* runs.addPosts(
    run,
    Stream.fromIterable(posts).pipe(
      Stream.map(({ suite, domain, post, title, body, language }) => ({
        suite,
        domain,
        post: new Post({
          id: post as PostId,
          title,
          body,
          language,
          emotions: [],
          severity: "not stated",
          seeks: "not stated",
          fault: "not stated",
          crisis: "not stated",
          marks: []
        })
      }))
    )
  )
  const ordinals = new Map(posts.map((post, ordinal) => [key(post), ordinal]))
  yield* Effect.forEach(
    baseline.texts,
    (text) => {
      const ordinal = ordinals.get(key(text))
      if (ordinal === undefined) return Effect.void
      return responses.answer(
        run,
        { ordinal, source: source.id, condition: condition.definition.name, epoch: text.epoch },
        {
          key: hashJson({ ...identity, suite: text.suite, post: text.post, epoch: text.epoch }),
          plugin: source.plugin,
          pluginVersion: source.version,
          model: source.model,
          seed: 0,
          epoch: text.epoch,
          outcome: text.outcome,
          text: text.text,
          words: wordCount(text.text),
          author: text.author,
          detail: {},
          attempts: 1,
          millis: 0,
          at
        },
        false
      )
    },
    { concurrency: 200, discard: true }
  )
  return run
})
