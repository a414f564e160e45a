/**
 * Hands questions in as batches and waits until their answers are in the store. A batch is written down before it is
 * handed in: after a crash it is looked for at the provider, so that nothing is lost and nothing is paid twice. What a
 * batch does not answer is asked one by one afterwards.
 */
import { randomBytes } from "node:crypto"
import { Clock, Effect, Random, Schedule, Stream } from "effect"
import type { BatchApi, BatchHandle, BatchLine, BatchLook } from "../model/BatchApi.ts"
import type { ModelError } from "../model/ModelError.ts"
import { type BatchedLine, Batches, type OpenBatch } from "../store/Batches.ts"
import type { StoreError } from "../store/StoreError.ts"
import type { RunId } from "../study/Ids.ts"
import type { Caller, Question } from "./Caller.ts"
import type { PlannedSource } from "./openSource.ts"
import { expectedCost } from "./PlannedCall.ts"
import { Progress } from "./Progress.ts"
import { passing, patiently, sendBatch, within } from "./sendBatch.ts"

/** A batch is filled up to this, whatever more the provider would take: its lines are in memory. */
const MOST_BYTES = 50_000_000
/** Lines of results that are kept at a time. */
const LINES = 200
/** Questions whose keys are looked up at a time. */
const QUESTIONS = 200
/** A wait between two looks grows by half each time, up to this many first waits. */
const LONGEST_WAIT = 20

/** Questions that wait to be handed in together. */
interface Filling {
  readonly source: PlannedSource
  readonly api: BatchApi
  keys: string[]
  lines: string[]
  bytes: number
}

const kept = (line: BatchLine): readonly BatchedLine[] =>
  line._tag === "Answered"
    ? [{ key: line.key, reply: JSON.stringify(line.reply), reason: null }]
    : line._tag === "Refused"
      ? [{ key: line.key, reply: null, reason: line.reason }]
      : []

/** Makes the function for one run. `asked`: everyone the run asks; those without batches are left to single calls. */
export const makeHandIn = Effect.fn("Run.makeHandIn")(function* (
  run: RunId,
  asked: readonly PlannedSource[],
  caller: Caller
) {
  const batches = yield* Batches
  const progress = yield* Progress
  const { maxRetries, timeout } = caller.options
  const sources = new Map(asked.map((source) => [source.id, source]))
  const patient = <A>(effect: Effect.Effect<A, ModelError>) => patiently(effect, maxRetries)

  const handleOf = Effect.fnUntraced(function* ({ name, requests, since }: Omit<OpenBatch, "id">) {
    return { name, requests, since, others: yield* batches.providerIds } satisfies BatchHandle
  })

  const notHandedIn = (source: string, requests: number, error: ModelError) =>
    Effect.logWarning(
      `${source}: ${requests} questions are asked one by one: their batch was not taken (${error.message})`
    )

  const submit = Effect.fnUntraced(function* ({ source, api, keys, lines }: Filling) {
    const since = yield* Clock.currentTimeMillis
    const name = randomBytes(12).toString("hex")
    const id = yield* batches.begin(run, { source: source.id, name, share: api.share, since }, keys)
    const handle = yield* handleOf({
      source: source.id,
      name,
      providerId: null,
      requests: keys.length,
      share: 1,
      since
    })
    // Interrupted while it is sent, it is looked for at the next start, as after a crash.
    yield* Effect.uninterruptibleMask((restore) =>
      Effect.flatMap(restore(sendBatch(api, handle, lines, caller.options)), (sent) =>
        sent._tag === "Taken"
          ? batches.accepted(id, sent.id)
          : sent._tag === "TurnedDown"
            ? Effect.andThen(batches.forget(id), notHandedIn(source.id, keys.length, sent.error))
            : Effect.logWarning(
                `${source.id}: whether a batch of ${keys.length} questions was taken is not known (${sent.error.message}); the same command looks for it`
              )
      )
    )
  })

  /** Gives batches of an earlier start their ids at the provider; one that never arrived is forgotten. */
  const recover = Effect.fnUntraced(function* (batch: OpenBatch, api: BatchApi) {
    if (batch.providerId !== null) return
    const found = yield* Effect.result(patient(within(timeout, api.find(yield* handleOf(batch)))))
    if (found._tag === "Failure") {
      return yield* Effect.logWarning(
        `${batch.source}: a batch that may have been handed in could not be looked for (${found.failure.message}); the same command tries again`
      )
    }
    yield* found.success === undefined ? batches.forget(batch.id) : batches.accepted(batch.id, found.success)
  })

  /** Looks until it is over. A look that fails in passing is as good as one that says it is not over yet. */
  const wait = (
    api: BatchApi,
    id: string,
    seen: (look: BatchLook) => void,
    millis: number
  ): Effect.Effect<BatchLook, ModelError> =>
    within(timeout, api.look(id)).pipe(
      Effect.tap((look) => Effect.sync(() => seen(look))),
      Effect.catch((error) => (passing.has(error._tag) ? Effect.undefined : Effect.fail(error))),
      Effect.flatMap((look) =>
        look !== undefined && look.state !== "running"
          ? Effect.succeed(look)
          : Effect.flatMap(Random.nextBetween(0.8, 1.2), (jitter) =>
              Effect.delay(
                Effect.suspend(() =>
                  wait(api, id, seen, Math.min(millis * 1.5, api.pollMillis * LONGEST_WAIT))
                ),
                millis * jitter
              )
            )
      )
    )

  const fetch = (api: BatchApi, look: BatchLook, batch: OpenBatch) =>
    api.results(look).pipe(
      Stream.grouped(LINES),
      Stream.runForEach((lines) => batches.keep(batch.id, lines.flatMap(kept)))
    )

  const collect = Effect.fnUntraced(function* (
    batch: OpenBatch,
    api: BatchApi,
    seen: (look: BatchLook) => void
  ) {
    const { providerId, source, requests } = batch
    if (providerId === null) return
    const ended = yield* Effect.result(
      Effect.gen(function* () {
        const look = yield* wait(api, providerId, seen, api.pollMillis)
        // What has come before a connection broke is kept, and comes again unchanged.
        yield* Effect.retry(fetch(api, look, batch), {
          schedule: Schedule.exponential("500 millis"),
          times: maxRetries,
          while: (error) => passing.has(error._tag)
        })
        return look
      })
    )
    if (ended._tag === "Failure") {
      if (ended.failure._tag === "StoreError") return yield* ended.failure as StoreError
      yield* Effect.logWarning(
        `${source}: a batch of ${requests} questions could not be fetched (${ended.failure.message}); the same command tries again, and --cancel-batch gives up one that is gone`
      )
      return
    }
    const answered = yield* batches.finish(batch.id)
    if (answered < requests) {
      const { state, reason } = ended.success
      const why =
        state === "ended"
          ? ""
          : ` (the batch ${state === "failed" ? "failed" : `was ${state}`}${reason ? `: ${reason}` : ""})`
      yield* Effect.logWarning(
        `${source}: ${requests - answered} of ${requests} questions have no answer in their batch${why}; they are asked one by one`
      )
    }
  })

  const openOnes = Effect.map(batches.open(run), (open) =>
    open.flatMap((batch) => {
      const api = sources.get(batch.source)?.model.batch
      return api === undefined ? [] : [{ batch, api }]
    })
  )

  return Effect.fn("Run.handIn")(function* (questions: Stream.Stream<Question, StoreError>) {
    yield* Effect.forEach(yield* openOnes, ({ batch, api }) => recover(batch, api), { discard: true })
    const filling = new Map<string, Filling>()
    let reserved = 0
    const add = (question: Question, api: BatchApi, line: string) => {
      const estimate = (expectedCost(question) ?? 0) * api.share
      // What the limit does not let set out is held by `perform` too, until the limit is raised.
      if (!caller.reserve(estimate)) return
      reserved += estimate
      const { source, key } = question
      const mine = filling.get(source.id) ?? { source, api, keys: [], lines: [], bytes: 0 }
      filling.set(source.id, mine)
      mine.keys.push(key)
      mine.lines.push(line)
      mine.bytes += Buffer.byteLength(line) + 1
    }
    const fits = ({ api, keys, bytes }: Filling, line: string) =>
      keys.length < api.mostRequests &&
      bytes + Buffer.byteLength(line) < Math.min(api.mostBytes * 0.9, MOST_BYTES)
    const seen = new Set<string>()
    yield* questions.pipe(
      Stream.grouped(QUESTIONS),
      Stream.runForEach((some) =>
        Effect.gen(function* () {
          const waiting = yield* batches.waiting(some.map(({ key }) => key))
          for (const question of some) {
            const api = question.source.model.batch
            if (api === undefined || waiting.has(question.key) || seen.has(question.key)) continue
            seen.add(question.key)
            const line = api.line(question.key, question.call)
            const full = filling.get(question.source.id)
            if (full !== undefined && !fits(full, line)) {
              filling.delete(question.source.id)
              yield* submit(full)
            }
            add(question, api, line)
          }
        })
      )
    )
    yield* Effect.forEach(filling.values(), submit, { discard: true })
    const open = yield* openOnes
    if (open.length > 0) {
      const state = progress.begin(
        "batch",
        open.reduce((sum, { batch }) => sum + batch.requests, 0)
      )
      let looked = 0
      const looks = new Map<number, BatchLook>()
      yield* Effect.forEach(
        open,
        ({ batch, api }) =>
          collect(batch, api, (look) => {
            looks.set(batch.id, look)
            looked++
            const running = [...looks.values()].filter(({ state }) => state === "running").length
            state.note = `${running} at the provider, looked ${looked} time${looked === 1 ? "" : "s"}`
            state.done = [...looks.values()].reduce((sum, { done }) => sum + done, 0)
            state.failed = [...looks.values()].reduce((sum, { failed }) => sum + failed, 0)
          }),
        { concurrency: "unbounded", discard: true }
      )
      delete state.note
      progress.end(state)
    }
    caller.release(reserved)
  })
})
