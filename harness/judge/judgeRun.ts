/**
 * Has every judge rate every text of a run that it has not rated yet. Texts are read a page at a time and calls
 * run with bounded concurrency; a verdict and the call it was read from are committed together before they count.
 */
import { Clock, Effect, Option, Stream } from "effect"
import type { Caller } from "../run/Caller.ts"
import { decodeManifest, encodeManifest } from "../run/Manifest.ts"
import { Progress } from "../run/Progress.ts"
import { RunError } from "../run/RunError.ts"
import type { FoundCall } from "../store/foundCalls.ts"
import { Judgements } from "../store/Judgements.ts"
import { type RatingPlace, Ratings, type Unrated } from "../store/Ratings.ts"
import { Responses } from "../store/Responses.ts"
import { Runs } from "../store/Runs.ts"
import type { Instrument } from "../study/Instrument.ts"
import { overlapFinder } from "./Exemplars.ts"
import { exchange } from "./exchange.ts"
import type { Judge } from "./Judge.ts"
import { type JudgingPlan, judgedBy, manifestJudge } from "./JudgingPlan.ts"
import { type Asked, dimensionGroups, questionOf } from "./question.ts"

/** A judge and an instrument, with their place in the store. */
interface Pair {
  readonly judge: Judge
  readonly instrument: Instrument
  readonly place: RatingPlace
  readonly sources: readonly string[]
  /** Exchanges a text takes: groups of dimensions × epochs. */
  readonly perText: number
  readonly texts: number
  readonly rated: number
}

/** One exchange that is still to be had. */
interface Open {
  readonly pair: Pair
  readonly text: Unrated
  readonly asked: Asked
  readonly found: FoundCall | undefined
}

/** The manifest names every judge that a run has had, the latest of each id and version. */
const writeDown = Effect.fnUntraced(function* (plan: JudgingPlan) {
  const runs = yield* Runs
  const row = Option.getOrThrow(yield* runs.get(plan.runId))
  const manifest = yield* decodeManifest(row.manifest)
  const mine = plan.judges.map((judge) => manifestJudge(plan, judge))
  const others = (manifest.judges ?? []).filter(
    (judge) => !mine.some(({ id, version }) => id === judge.id && version === judge.version)
  )
  yield* runs.setManifest(plan.runId, encodeManifest({ ...manifest, judges: [...others, ...mine] }))
})

/** No exemplar may be among what is judged; said before the first call. */
const refuseOverlap = Effect.fnUntraced(function* (plan: JudgingPlan, pairs: readonly Pair[]) {
  const judgements = yield* Judgements
  for (const { judge, place, sources } of pairs) {
    const { exemplars } = judge.settings
    if (exemplars === undefined) continue
    const overlap = overlapFinder(exemplars)
    yield* Stream.runForEach(judgements.unjudged(plan.runId, place, plan.epochs, sources), (page) =>
      Effect.gen(function* () {
        for (const item of page) {
          const which = overlap(item, item.text)
          if (which === undefined) continue
          return yield* new RunError({
            place: which,
            reason: `is among what is to be judged (post ${item.ordinal + 1}, ${item.source})`,
            mend: "take it out of the exemplars, or judge other posts"
          })
        }
      })
    )
  }
})

/** Runs the stage. A failed call is a row, and the next start tries it again. */
export const judgeRun = Effect.fn("Judge.run")(function* (plan: JudgingPlan, caller: Caller) {
  const judgements = yield* Judgements
  const ratings = yield* Ratings
  const responses = yield* Responses
  const progress = yield* Progress
  const { fresh, maxConnections } = caller.options
  const now = Effect.map(Clock.currentTimeMillis, (millis) => new Date(millis).toISOString())

  const pairs: Pair[] = []
  for (const judge of plan.judges) {
    for (const instrument of plan.instruments) {
      const place = yield* ratings.place(
        { name: judge.id, kind: "judge", version: judge.version },
        instrument
      )
      yield* judgements.identify(place.raterId, judge.identity)
      const sources = judgedBy(plan, judge)
      const perText = dimensionGroups(instrument, judge.settings.joint).length * plan.epochs
      const { texts, rated } = yield* judgements.progress(plan.runId, place, plan.epochs, sources)
      pairs.push({ judge, instrument, place, sources, perText, texts, rated })
    }
  }
  yield* refuseOverlap(plan, pairs)
  yield* writeDown(plan)
  const state = progress.begin(
    "judge",
    pairs.reduce((sum, { texts, perText }) => sum + texts * perText, 0)
  )
  state.resumed = pairs.reduce((sum, { rated, perText }) => sum + rated * perText, 0)

  /** The exchanges that a page of texts still needs, with the calls that the store has of them. */
  const openOf = Effect.fnUntraced(function* (pair: Pair, page: readonly Unrated[]) {
    const { judge, instrument, place } = pair
    const rated = yield* judgements.rated(
      place,
      page.map((text) => text.callId)
    )
    const open: Omit<Open, "found">[] = []
    for (const text of page) {
      const parts = rated.get(text.callId)
      const item = {
        post: { title: text.title, body: text.body, language: text.language },
        response: text.text
      }
      for (let epoch = 1; epoch <= plan.epochs; epoch++) {
        for (const dimensions of dimensionGroups(instrument, judge.settings.joint)) {
          if (dimensions.every(({ name }) => parts?.has(`${place.dimensionIds.get(name)}/${epoch}`))) {
            state.resumed++
            continue
          }
          open.push({ pair, text, asked: { judge, instrument, dimensions, item, epoch, seed: plan.seed } })
        }
      }
    }
    if (fresh) return open.map((entry) => ({ ...entry, found: undefined }))
    const keys = open.map(({ asked }) => questionOf(asked, false).key)
    const found = yield* judgements.found(keys)
    return open.map((entry, index): Open => ({ ...entry, found: found.get(keys[index]!) }))
  })

  const perform = Effect.fnUntraced(function* ({ pair, text, asked, found }: Open) {
    const { judge, instrument, place } = pair
    const part = [
      judge.id,
      instrument.name,
      asked.dimensions.map(({ name }) => name).join("+"),
      asked.epoch
    ].join("/")
    const slot = { ordinal: text.ordinal, source: text.source, condition: text.condition, epoch: text.epoch }
    const end = yield* exchange(asked, {
      caller,
      state,
      find: (key) =>
        fresh
          ? Effect.succeed(undefined)
          : found?.key === key
            ? Effect.succeed(found)
            : found === undefined
              ? Effect.succeed(undefined)
              : Effect.map(judgements.found([key]), (calls) => calls.get(key)),
      keep: (step) =>
        Effect.flatMap(now, (at) =>
          judgements.keep({
            run: plan.runId,
            place,
            textCall: text.callId,
            epoch: asked.epoch,
            key: step.key,
            asked: step.asked,
            call: step.call,
            again: fresh,
            verdicts: step.verdicts.map(({ dimension, ...verdict }) => ({
              ...verdict,
              dimensionId: place.dimensionIds.get(dimension)!
            })),
            ends: { ...slot, part },
            at
          })
        )
    })
    if (end._tag === "Judged") state.done++
    if (end._tag === "Failed") {
      state.failed++
      yield* responses.fail(plan.runId, {
        ...slot,
        stage: "rate",
        part,
        kind: end.error._tag,
        message: end.error.message,
        at: yield* now
      })
    }
    return end.made
  })

  if (caller.handIn !== undefined) {
    const before = state.resumed
    yield* caller.handIn(
      Stream.fromIterable(pairs).pipe(
        Stream.flatMap((pair) =>
          judgements
            .unjudged(plan.runId, pair.place, plan.epochs, pair.sources)
            .pipe(Stream.mapEffect((page) => openOf(pair, page)))
        ),
        Stream.flatMap((entries) => Stream.fromIterable(entries)),
        Stream.filter(({ found }) => found === undefined),
        Stream.map(({ asked }) => questionOf(asked, false))
      )
    )
    state.resumed = before
  }

  // As for generation: each account goes at its own pace.
  const accounts = Map.groupBy(pairs, ({ judge }) => judge.source.model.account)
  let made = 0
  yield* Effect.forEach(
    accounts,
    ([, mine]) =>
      Stream.fromIterable(mine).pipe(
        Stream.flatMap((pair) =>
          judgements
            .unjudged(plan.runId, pair.place, plan.epochs, pair.sources)
            .pipe(Stream.mapEffect((page) => openOf(pair, page)))
        ),
        Stream.flatMap((entries) => Stream.fromIterable(entries)),
        Stream.mapEffect(perform, { concurrency: maxConnections, unordered: true }),
        Stream.runForEach((calls) =>
          Effect.sync(() => {
            made += calls
          })
        )
      ),
    { concurrency: "unbounded", discard: true }
  )
  progress.end(state)
  return { ...state, made }
})
