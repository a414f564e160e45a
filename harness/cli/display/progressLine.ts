/** One line that says where a stage stands: count, rate, time left, errors, cost. */
import type { StageState } from "../../run/Progress.ts"

/** A stage at one moment; `seconds` since it began. */
export interface Snapshot extends Readonly<StageState> {
  readonly seconds: number
}

const count = (n: number) => n.toLocaleString("en")

/** `1:05`, `2:03:00`; rounded up, so that it does not say 0:00 while work is left. */
export const clockTime = (seconds: number): string => {
  const whole = Math.ceil(seconds)
  const two = (n: number) => String(n).padStart(2, "0")
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

const rateOf = ({ done, failed, seconds }: Snapshot) => (seconds <= 0 ? 0 : (done + failed) / seconds)

const perSecond = (rate: number) =>
  rate >= 10
    ? `${count(Math.round(rate))}/s`
    : rate >= 0.1
      ? `${rate.toFixed(1)}/s`
      : `${(rate * 60).toFixed(1)}/min`

const costOf = (cost: number | undefined) => (cost === undefined ? "cost unknown" : `$${cost.toFixed(2)}`)

const partsOf = (view: Snapshot): readonly string[] => {
  const finished = view.resumed + view.done + view.failed
  const rate = rateOf(view)
  const left = view.total - finished
  return [
    `${count(finished)}/${count(view.total)}`,
    ...(view.resumed > 0 ? [`${count(view.resumed)} done before`] : []),
    ...(view.done + view.failed > 0 ? [perSecond(rate)] : []),
    ...(left > 0
      ? [rate > 0 ? `${clockTime(left / rate)} left` : "time left unknown"]
      : [`${clockTime(view.seconds)} taken`]),
    `${count(view.failed)} error${view.failed === 1 ? "" : "s"}`,
    costOf(view.cost),
    ...(view.note === undefined ? [] : [view.note])
  ]
}

/** For a log. */
export const plainLine = (view: Snapshot): string => `${view.stage.padEnd(8)} ${partsOf(view).join(", ")}`

/** For a terminal of `columns` columns; the bar takes what the numbers leave. */
export const liveLine = (view: Snapshot, columns: number): string => {
  const text = partsOf(view).join("  ")
  const room = Math.min(30, columns - view.stage.length - text.length - 5)
  const finished = view.resumed + view.done + view.failed
  const full = view.total === 0 ? room : Math.round((room * finished) / view.total)
  const bar = room < 5 ? "" : `${"█".repeat(full)}${"░".repeat(room - full)}  `
  return `${view.stage}  ${bar}${text}`.slice(0, Math.max(1, columns - 1))
}
