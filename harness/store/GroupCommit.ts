/**
 * Many writers, one transaction: each waits until its record is committed, and records that arrive while a
 * transaction is running share the next one. A result is counted only after its commit.
 */
import { Deferred, Effect, Queue, type Scope } from "effect"

/**
 * Makes a `commit` over `write`, which gets batches of at most `most` records in order of arrival. A record
 * once handed over is written even when the scope closes; who waits for it may be interrupted.
 */
export const make = Effect.fn("GroupCommit.make")(function* <A, E>(
  write: (batch: readonly A[]) => Effect.Effect<void, E>,
  most = 500
): Effect.fn.Return<(record: A) => Effect.Effect<void, E>, never, Scope.Scope> {
  const queue = yield* Queue.unbounded<{ readonly record: A; readonly done: Deferred.Deferred<void, E> }>()
  type Entry = { readonly record: A; readonly done: Deferred.Deferred<void, E> }
  const commit = (batch: readonly Entry[]) =>
    Effect.exit(write(batch.map((entry) => entry.record))).pipe(
      Effect.flatMap((exit) =>
        Effect.forEach(batch, (entry) => Deferred.done(entry.done, exit), { discard: true })
      )
    )
  yield* Effect.addFinalizer(() =>
    Effect.flatMap(Queue.clear(queue), (rest) => (rest.length > 0 ? commit(rest) : Effect.void))
  )
  // Answers arrive many to a turn of the event loop: those of one turn share a transaction.
  const turn = Effect.callback<void>((resume) => {
    const waiting = setImmediate(() => resume(Effect.void))
    return Effect.sync(() => clearImmediate(waiting))
  })
  yield* Effect.uninterruptibleMask((restore) =>
    Effect.forever(
      Effect.flatMap(restore(Effect.andThen(Queue.peek(queue), turn)), () =>
        Effect.flatMap(restore(Queue.takeBetween(queue, 1, most)), commit)
      )
    )
  ).pipe(Effect.forkScoped)
  return (record: A) =>
    Effect.suspend(() => {
      const done = Deferred.makeUnsafe<void, E>()
      return Effect.andThen(Queue.offer(queue, { record, done }), Deferred.await(done))
    })
})
