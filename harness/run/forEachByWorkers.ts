/** A stream's elements, each performed once, by a fixed number of workers. */
import { Effect, Pull, type Scope, Semaphore, Stream } from "effect"

/** Takes elements one by one, for many takers at once; `undefined` from the end on. */
const taker = <A, E, R>(
  elements: Stream.Stream<A, E, R>
): Effect.Effect<Effect.Effect<A | undefined, E>, never, R | Scope.Scope> =>
  Effect.map(Stream.toPull(elements), (pull) => {
    const lock = Semaphore.makeUnsafe(1)
    let chunk: readonly A[] = []
    let at = 0
    let ended = false
    // One taker fetches the next chunk; the others find it there when their turn comes.
    const refill = lock.withPermits(1)(
      Effect.suspend(() =>
        at < chunk.length || ended
          ? Effect.void
          : Pull.matchEffect(pull, {
              onSuccess: (next) => {
                chunk = next
                at = 0
                return Effect.void
              },
              onFailure: Effect.failCause,
              onDone: () => {
                ended = true
                return Effect.void
              }
            })
      )
    )
    const take: Effect.Effect<A | undefined, E> = Effect.suspend(() =>
      at < chunk.length
        ? Effect.succeed(chunk[at++])
        : ended
          ? Effect.undefined
          : Effect.andThen(refill, take)
    )
    return take
  })

/**
 * Performs every element, at most `width` at a time and in any order; ends with the first failure. Workers that stay
 * cost less than the fiber for each element that `Stream.mapEffect` starts.
 */
export const forEachByWorkers = <A extends object, E, R, E2, R2>(
  elements: Stream.Stream<A, E, R>,
  width: number,
  perform: (element: A) => Effect.Effect<unknown, E2, R2>
): Effect.Effect<void, E | E2, R | R2> =>
  Effect.scoped(
    Effect.gen(function* () {
      const take = yield* taker(elements)
      const worker = Effect.gen(function* () {
        for (let element = yield* take; element !== undefined; element = yield* take) yield* perform(element)
      })
      yield* Effect.forEach(Array.from({ length: width }), () => worker, {
        concurrency: "unbounded",
        discard: true
      })
    })
  )
