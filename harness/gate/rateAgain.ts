/**
 * Has the raters of a run rate a baseline's texts now, beside the candidate's. The scores that the baseline was saved
 * with are not used: since then a judge may have drifted.
 *
 * The texts go into a store of the gate's own, as a run of theirs, once for each candidate: a gate that was cut short
 * goes on where it was, one that is asked again asks no rater again, and the runs people made stay as they are.
 */
import { Clock, Effect, Stream } from "effect"
import type { ManifestRater, RunManifest } from "../run/Manifest.ts"
import { openRater, type PlannedRater } from "../run/openRater.ts"
import { RunError } from "../run/RunError.ts"
import { rate } from "../run/rate.ts"
import { Responses } from "../store/Responses.ts"
import { type RunPost, Runs } from "../store/Runs.ts"
import { hashJson } from "../study/Hash.ts"
import { type PostId, RunId } from "../study/Ids.ts"
import type { Instrument } from "../study/Instrument.ts"
import { Post } from "../study/Post.ts"
import { wordCount } from "../study/Response.ts"
import type { Baseline } from "./Baseline.ts"
import { readTexts } from "./readTexts.ts"

/** Opens the raters of a manifest; files among them start from `folder`. One that has changed since is refused. */
export const openRaters = (raters: readonly ManifestRater[], folder: string) =>
  Effect.forEach(
    raters,
    Effect.fn("Gate.openRater")(function* (rater) {
      const opened = yield* openRater(
        { folder },
        {
          id: rater.id as never,
          model: rater.spec ?? rater.plugin,
          parameters: {},
          config: rater.config ?? {}
        }
      )
      if (opened.version !== rater.version || opened.kind !== rater.kind) {
        return yield* new RunError({
          place: `${rater.kind} ${rater.id}`,
          reason: `it has changed since the run (version ${rater.version} then, ${opened.version} now)`,
          mend: "run the study again, so that candidate and baseline are rated by the same one"
        })
      }
      return opened
    })
  )

/** What is to be rated again, by whom. */
export interface AgainOptions {
  readonly baseline: Baseline
  /** The candidate's run and its posts. */
  readonly manifest: RunManifest
  readonly posts: readonly RunPost[]
  readonly raters: readonly PlannedRater[]
  readonly instruments: readonly Instrument[]
}

const identityOf = ({ baseline, manifest }: Pick<AgainOptions, "baseline" | "manifest">) => ({
  baseline: baseline.hash,
  candidate: manifest.run
})

/** The run of a baseline's texts beside a candidate, in the gate's store. */
export const againRun = (options: Pick<AgainOptions, "baseline" | "manifest">): RunId =>
  RunId.make(`gate-${hashJson(identityOf(options)).slice(0, 8)}`)

const key = (post: { readonly suite: string; readonly post: string }) => `${post.suite}\u0000${post.post}`

/** The baseline's texts with the scores that the raters give them now, and how many ratings failed. */
export const rateAgain = Effect.fn("Gate.rateAgain")(function* (options: AgainOptions) {
  const { baseline, manifest, raters, instruments } = options
  const runs = yield* Runs
  const responses = yield* Responses
  const identity = identityOf(options)
  const run = againRun(options)
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  yield* runs.begin({ id: run, study: "gate", manifest: JSON.stringify(identity), at })
  yield* runs.addPosts(
    run,
    Stream.fromIterable(options.posts).pipe(
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
  const ordinals = new Map(options.posts.map((post, ordinal) => [key(post), ordinal]))
  const { source, condition } = baseline
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
  const { failed } = yield* rate({ runId: run, raters, instruments })
  const seen = yield* readTexts(
    { run, instruments: manifest.instruments, raters: manifest.raters },
    source.id,
    condition.definition.name
  )
  return { texts: seen.texts, failed }
})
