/** `warmline style`: the three analyses of how a run's sources write. */
import { Effect, Option } from "effect"
import { chooseMetrics } from "../../gate/Metric.ts"
import { chooseCondition, openRun } from "../../gate/Subject.ts"
import { readStyle } from "../../leaderboard/readStyle.ts"
import { RunError } from "../../run/RunError.ts"
import type { StyleOptions } from "../commands/style.ts"
import { styleText } from "../display/styleText.ts"
import * as layers from "../layers.ts"

/** Analyses and prints. */
export const showStyle = (given: StyleOptions) =>
  Effect.gen(function* () {
    const manifest = yield* openRun(Option.getOrUndefined(given.run))
    const condition = yield* chooseCondition(manifest, Option.getOrUndefined(given.condition))
    const metrics = chooseMetrics(
      given.metric,
      manifest.instruments.map((entry) => entry.definition)
    )
    if (metrics instanceof RunError) return yield* metrics
    const report = yield* readStyle(
      manifest,
      condition.definition.name,
      metrics.map(({ name }) => name)
    )
    yield* Effect.sync(() =>
      process.stdout.write(
        given.json
          ? `${JSON.stringify({ run: manifest.run, condition: condition.definition.name, ...report }, null, 2)}\n`
          : styleText(report, `run ${manifest.run}, condition ${condition.definition.name}`)
      )
    )
  }).pipe(Effect.provide(layers.store(given.store)))
