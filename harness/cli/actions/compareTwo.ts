/** `warmline compare`: the differences of two runs or sources. */
import { Effect, Option } from "effect"
import { compare } from "../../gate/compare.ts"
import type { CompareOptions } from "../commands/compare.ts"
import { compareText } from "../display/compareText.ts"
import * as layers from "../layers.ts"

/** Compares and prints. */
export const compareTwo = (given: CompareOptions) =>
  Effect.gen(function* () {
    const result = yield* compare({
      a: given.a,
      b: given.b,
      run: Option.getOrUndefined(given.run),
      source: Option.getOrUndefined(given.source),
      condition: Option.getOrUndefined(given.condition),
      metrics: given.metric,
      show: given.show
    })
    yield* Effect.sync(() =>
      process.stdout.write(
        given.json
          ? `${JSON.stringify(result, null, 2)}\n`
          : compareText(result, process.stdout.columns ?? 100)
      )
    )
  }).pipe(Effect.provide(layers.store(given.store)))
