/** Draws a run's progress on stderr: a live line on a terminal, plain lines in a log, or nothing. */
import { Clock, Effect, Layer, Option } from "effect"
import { Progress, type StageState } from "../../run/Progress.ts"
import { liveLine, plainLine, type Snapshot } from "./progressLine.ts"

interface Open {
  readonly state: StageState
  startedAt: number
  /** What was drawn last. */
  drawn: string
}

const everyMillis = { full: 100, plain: 5_000 } as const

const layer = (style: "full" | "plain") =>
  Layer.effect(
    Progress,
    Effect.gen(function* () {
      const clock = yield* Clock.Clock
      const stages: Open[] = []
      const snapshot = ({ state, startedAt }: Open): Snapshot => ({
        ...state,
        seconds: (clock.currentTimeMillisUnsafe() - startedAt) / 1000
      })
      const draw = (final: boolean) => {
        const open = stages.at(-1)
        if (!open) return
        const view = snapshot(open)
        if (style === "full") {
          process.stderr.write(
            `\r\u001b[2K${liveLine(view, process.stderr.columns ?? 80)}${final ? "\n" : ""}`
          )
        } else {
          const drawn = `${view.resumed + view.done + view.failed} ${view.note ?? ""}`
          if (!final && drawn === open.drawn) return
          open.drawn = drawn
          process.stderr.write(`${plainLine(view)}\n`)
        }
      }
      yield* Effect.forkScoped(
        Effect.forever(
          Effect.andThen(
            Effect.sleep(everyMillis[style]),
            Effect.sync(() => draw(false))
          )
        )
      )
      return Progress.of({
        begin: (stage, total) => {
          const state: StageState = { stage, total, resumed: 0, done: 0, failed: 0, cost: 0 }
          stages.push({ state, startedAt: clock.currentTimeMillisUnsafe(), drawn: "" })
          return state
        },
        end: () => {
          draw(true)
          stages.pop()
          // The stage around it begins its own work now.
          const around = stages.at(-1)
          if (around) around.startedAt = clock.currentTimeMillisUnsafe()
        }
      })
    })
  )

/** The layer of a `--display`; without one, a live line on a terminal and plain lines elsewhere. */
export const progressLayer = (display: Option.Option<"full" | "plain" | "none">): Layer.Layer<Progress> => {
  const style = Option.getOrElse(display, () => (process.stderr.isTTY === true ? "full" : "plain"))
  return style === "none" ? Progress.layerSilent : layer(style)
}
