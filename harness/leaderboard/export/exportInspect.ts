/** A run as logs in Inspect's format, a file for each source and condition. */
import { open } from "node:fs/promises"
import { join } from "node:path"
import { Effect, Stream } from "effect"
import type { RunManifest } from "../../run/Manifest.ts"
import { Runs } from "../../store/Runs.ts"
import { slug } from "../slug.ts"
import type { SourcePrices } from "./callDetail.ts"
import { addUsage, type InspectUsage, type LogOf, logHeader, logId, logSample } from "./inspectLog.ts"
import { type SampleScore, ScorerTally, scoresOf } from "./inspectScores.ts"
import { type ExportedAnswer, type ExportedPost, readRun } from "./readRun.ts"
import { attempt, type ExportedFile, partly } from "./writeFiles.ts"

/** A log while it is made. */
class OpenLog {
  readonly of: LogOf
  readonly tallies = new Map<string, ScorerTally>()
  samples = 0
  usage: InspectUsage | undefined

  constructor(of: LogOf) {
    this.of = of
  }

  /** Inspect finds logs by the form of their names: a time, a task and an id, without `_` in any. */
  get name(): string {
    const time = this.of.manifest.startedAt.replace(/\.\d+/, "").replace("Z", "+00:00").replaceAll(":", "-")
    return `${time}_${slug(this.of.manifest.study.name).replaceAll("_", "-")}_${logId(this.of)}.json`
  }

  answersOf({ answers }: ExportedPost): readonly ExportedAnswer[] {
    const { source, condition } = this.of
    return answers.filter((answer) => answer.source === source.id && answer.condition === condition.name)
  }

  tally(post: ExportedPost, prices: SourcePrices): void {
    const answers = this.answersOf(post)
    this.samples += answers.length
    for (const answer of answers) this.usage = addUsage(this.usage, answer, prices)
    const scores = answers.flatMap((answer) => scoresOf(answer, this.of.manifest))
    for (const [name, ofPost] of Map.groupBy(scores, (score: SampleScore) => score.scorer.name)) {
      const tally = this.tallies.get(name) ?? new ScorerTally(ofPost[0]!.scorer)
      this.tallies.set(name, tally)
      tally.add(ofPost.map(({ value }) => value))
    }
  }

  /** The header with the samples' list left open: the metrics have to stand before the samples. */
  head(): string {
    const tallies = [...this.tallies.values()].sort((a, b) => (a.scorer.name < b.scorer.name ? -1 : 1))
    const header = JSON.stringify(logHeader(this.of, tallies, this.samples, this.usage))
    return `${header.slice(0, -1)},"samples":[`
  }
}

/**
 * Writes the logs in the folder, which has to be there. The run is read twice, for the metrics and for the samples, so
 * that neither is ever whole in memory.
 */
export const exportInspect = Effect.fn("Leaderboard.exportInspect")(function* (
  manifest: RunManifest,
  { folder, prices }: { readonly folder: string; readonly prices: SourcePrices }
) {
  const { finishedAt } = yield* (yield* Runs).named(manifest.run)
  const logs = manifest.sources.flatMap((source) =>
    manifest.conditions.map(
      ({ definition }) =>
        new OpenLog({ manifest, source, condition: definition, finishedAt: finishedAt ?? undefined })
    )
  )
  yield* Stream.runForEach(readRun(manifest), (post) =>
    Effect.sync(() => {
      for (const log of logs) log.tally(post, prices)
    })
  )
  return yield* partly(
    folder,
    Effect.fnUntraced(function* (file) {
      const writers = yield* Effect.forEach(logs, (log) =>
        Effect.acquireRelease(
          attempt(folder, async () => ({ log, handle: await open(file(log.name), "w"), first: true })),
          ({ handle }) => Effect.promise(() => handle.close())
        )
      )
      for (const { log, handle } of writers) yield* attempt(folder, () => handle.writeFile(log.head()))
      yield* Stream.runForEach(readRun(manifest), (post) =>
        attempt(folder, async () => {
          for (const writer of writers) {
            for (const answer of writer.log.answersOf(post)) {
              const sample = JSON.stringify(logSample(writer.log.of, post, answer, prices))
              await writer.handle.writeFile(`${writer.first ? "" : ","}\n${sample}`)
              writer.first = false
            }
          }
        })
      )
      for (const { handle } of writers) yield* attempt(folder, () => handle.writeFile("\n]}\n"))
      return logs.map((log): ExportedFile => ({ file: join(folder, log.name), rows: log.samples }))
    })
  )
})
