/** `warmline baseline save`: a source's texts to a file. */
import { Effect, Option } from "effect"
import { takeBaseline } from "../../gate/takeBaseline.ts"
import { counted } from "../../leaderboard/formatNumber.ts"
import { visible } from "../../leaderboard/visible.ts"
import { isRated } from "../../study/Response.ts"
import type { SaveBaselineOptions } from "../commands/baseline.ts"
import * as layers from "../layers.ts"
import { writeText } from "./writeText.ts"

/** Takes the baseline and writes it. */
export const saveBaseline = (given: SaveBaselineOptions) =>
  Effect.gen(function* () {
    const baseline = yield* takeBaseline({
      run: Option.getOrUndefined(given.run),
      source: Option.getOrUndefined(given.source),
      condition: Option.getOrUndefined(given.condition)
    })
    yield* writeText(given.output, `${JSON.stringify(baseline, null, 2)}\n`)
    const rated = baseline.texts.filter(({ outcome }) => isRated(outcome)).length
    const { run, source, condition, hash } = baseline
    yield* Effect.sync(() => {
      if (given.json) {
        const said = {
          file: given.output,
          run,
          source: source.id,
          condition: condition.definition.name,
          texts: baseline.texts.length,
          rated,
          hash
        }
        process.stdout.write(`${JSON.stringify(said, null, 2)}\n`)
        return
      }
      const unrated = baseline.texts.length - rated
      const lines = [
        `Baseline: ${source.id} of run ${run}, condition ${condition.definition.name}, ${counted(rated, "text")}${unrated === 0 ? "" : `, and ${counted(unrated, "answer")} without one`}`,
        `Written to ${given.output} (${hash.slice(0, 8)})`,
        "",
        "Next, with a run of the candidate in the store:",
        `  npx warmline gate --baseline ${given.output} --margin 0.2`
      ]
      process.stdout.write(`${lines.map(visible).join("\n")}\n`)
    })
  }).pipe(Effect.provide(layers.store(given.store)))
