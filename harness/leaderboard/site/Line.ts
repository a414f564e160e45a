/** Runs over time: tables that stand on one ground make one line; others never share it. */
import type { RunManifest } from "../../run/Manifest.ts"
import type { Leaderboard, Row, Table } from "../Leaderboard.ts"
import { groupTables } from "../page/dimensionsSection.ts"
import { differences, type Ground, groundOf } from "./Ground.ts"

/** A run of the site. */
export interface SiteRun {
  readonly leaderboard: Leaderboard
  readonly manifest: RunManifest
  /** When it was, as short as tells it from the others. */
  readonly when: string
}

/** One run's table on a line. */
export interface LinePoint {
  readonly run: SiteRun
  readonly table: Table
  /** Where the table stands on the run's page. */
  readonly anchor: string
}

/** Tables of one ground, oldest run first. */
export interface Line {
  readonly ground: Ground
  readonly points: readonly [LinePoint, ...LinePoint[]]
  /** Of a line below a newer one of the same name: in what it differs from that. */
  readonly apart: readonly string[]
}

/** The newest point of a line. */
export const newest = ({ points }: Line): LinePoint => points.at(-1)!

/** The row of a source in a table, if it is in there. */
export const rowOf = ({ table }: LinePoint, source: string): Row | undefined =>
  table.rows.find((row) => row.source === source)

/** Runs with the shortest words for their times that tell them apart: the day, the minute, the second, else the run. */
export const withTimes = (runs: readonly Omit<SiteRun, "when">[]): readonly SiteRun[] => {
  const lengths = [10, 16, 19]
  const cut = (length: number) => runs.map(({ manifest }) => manifest.startedAt.slice(0, length))
  const length = lengths.find((tried) => new Set(cut(tried)).size === runs.length)
  const times = cut(length ?? lengths.at(-1)!).map((time) => time.replace("T", " "))
  return runs.map((run, index) => ({
    ...run,
    when: length === undefined ? `${times[index]}, ${run.manifest.run}` : times[index]!
  }))
}

const byTime = (a: SiteRun, b: SiteRun): number =>
  a.manifest.startedAt < b.manifest.startedAt
    ? -1
    : a.manifest.startedAt > b.manifest.startedAt
      ? 1
      : a.manifest.run < b.manifest.run
        ? -1
        : 1

/** The lines of these runs: that of the newest run's first table first. */
export const linesOf = (runs: readonly SiteRun[]): readonly Line[] => {
  const lines = new Map<string, { ground: Ground; points: [LinePoint, ...LinePoint[]] }>()
  // From the newest run on, so that the order of its tables is that of the lines.
  for (const run of [...runs].sort(byTime).reverse()) {
    for (const { table, id } of groupTables(run.leaderboard.tables).flat()) {
      const ground = groundOf(table, run.manifest)
      const point = { run, table, anchor: id }
      const line = lines.get(ground.hash)
      if (line === undefined) lines.set(ground.hash, { ground, points: [point] })
      else line.points.unshift(point)
    }
  }
  return [...lines.values()].map((line) => ({ ...line, apart: [] }))
}

/** The lines that a page shows, with what keeps those of one name apart on it. */
export const apartOnPage = (lines: readonly Line[]): readonly Line[] => {
  const first = new Map<string, Ground>()
  return lines.map((line): Line => {
    const newer = first.get(line.ground.name)
    if (newer === undefined) first.set(line.ground.name, line.ground)
    return { ...line, apart: newer === undefined ? [] : differences(newer, line.ground) }
  })
}
