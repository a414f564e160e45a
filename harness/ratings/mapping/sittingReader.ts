/** What a row says of the sitting its ratings belong to. */
import type { RatingsMap } from "../RatingsMap.ts"
import type { SittingFacts } from "../Sittings.ts"
import type { Row } from "../table/Table.ts"
import type { Columns, Fact } from "./columns.ts"
import { isMissing } from "./readValue.ts"

/** Who rates, in a map. */
export const raterKinds = ["human", "judge"]
export const panels = ["expert", "crowd"]

const nothing: Fact = () => ""

const decimal = /^(\d+\.?\d*|\.\d+)$/
const clock = /^(?:(\d+):)?(\d{1,2}):(\d{2}(?:\.\d+)?)$/

const thousands = /^\d{1,3}(,\d{3})+(\.\d+)?$/

/** A number as it is written where a comma stands before the digits below one, as it is written elsewhere. */
const withPoint = (text: string): string => text.replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".")

/** A duration in seconds: `412`, `1,412.5`, `6:52` or `0:06:52`; `null` when it is none. */
export const secondsOf = (said: string, comma: boolean): number | null => {
  const text = comma ? withPoint(said) : thousands.test(said) ? said.replaceAll(",", "") : said
  if (decimal.test(text)) return Number(text)
  const match = clock.exec(text)
  return match === null ? null : Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3])
}

/** `True`, `1`, `yes` are 1; `False`, `0`, `no` are 0; anything else says nothing. */
export const flagOf = (text: string): number | null =>
  /^(true|1|yes|y)$/i.test(text) ? 1 : /^(false|0|no|n)$/i.test(text) ? 0 : null

const percentOf = (text: string): number | null => (decimal.test(text) ? Number(text) : null)

/** Reads a row's sitting. `counts` is what a row's number counts. */
export const sittingReader = (map: RatingsMap, columns: Columns, counts: "line" | "item") => {
  const { submission } = map
  const fact = (name: string | undefined): Fact => (name === undefined ? nothing : columns.cell(name))
  const [id, seconds, startedAt, endedAt] = [
    submission.id,
    submission.seconds,
    submission.startedAt,
    submission.endedAt
  ].map(fact) as [Fact, Fact, Fact, Fact]
  const [progress, finished, preview, status] = [
    submission.progress,
    submission.finished,
    submission.preview,
    submission.status
  ].map(fact) as [Fact, Fact, Fact, Fact]
  const raterKind =
    map.raterKind === undefined ? nothing : columns.choice("raterKind", map.raterKind, raterKinds)
  const panel = map.panel === undefined ? nothing : columns.choice("panel", map.panel, panels)
  const attention = map.attention.map(({ column, expected }) => ({
    column,
    read: columns.cell(column),
    expected: typeof expected === "string" ? [expected] : expected
  }))
  const kept = map.keep.map((column) => [column, columns.cell(column)] as const)
  const missing = new Set(map.missing.map((text) => text.trim().toLowerCase()))
  const orNull = (text: string): string | null => (isMissing(text, missing) ? null : text)

  return {
    id: (row: Row): string => orNull(id(row)) ?? "",
    /** What the row as a whole says of who rated; anything but the known words is rejected, not guessed. */
    raterKind,
    panel,
    facts: (row: Row, panel: string | null): SittingFacts => ({
      place: `${counts} ${row.line}`,
      panel,
      seconds: secondsOf(seconds(row), map.decimal === ","),
      startedAt: orNull(startedAt(row)),
      endedAt: orNull(endedAt(row)),
      progress: percentOf(progress(row)),
      finished: flagOf(finished(row)),
      preview: flagOf(preview(row)),
      status: orNull(status(row)),
      kept: JSON.stringify(
        Object.fromEntries(
          kept.flatMap(([column, read]) => {
            const text = orNull(read(row))
            return text === null ? [] : [[column, text]]
          })
        )
      ),
      attention: attention.flatMap(({ column, read, expected }) => {
        const value = orNull(read(row))
        if (value === null) return []
        const passed = expected.some((one) => one.trim().toLowerCase() === value.toLowerCase())
        return [[column, value, expected.join(" or "), passed ? 1 : 0] as const]
      })
    })
  }
}
export type SittingReader = ReturnType<typeof sittingReader>
