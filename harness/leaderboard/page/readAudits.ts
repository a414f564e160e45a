/** The last audit and the last check for drift of each of a run's automatic raters, as the store keeps them. */
import { Effect } from "effect"
import { automaticRaters, type RunManifest } from "../../run/Manifest.ts"
import { type AuditRow, Audits } from "../../store/Audits.ts"
import type { AuditMeasure } from "../auditReport.ts"
import type { RaterAudit } from "./auditSection.ts"

interface Kept {
  readonly measures: readonly AuditMeasure[]
}

const measuresOf = (row: AuditRow): readonly AuditMeasure[] => (JSON.parse(row.document) as Kept).measures

/** The newest row of each instrument. */
const newest = (rows: readonly AuditRow[]): readonly AuditRow[] => [
  ...new Map(rows.map((row) => [row.instrumentHash, row])).values()
]

/** Of the version that rated, on the run's instruments. */
export const readAudits = Effect.fn("Page.readAudits")(function* (manifest: RunManifest) {
  const audits = yield* Audits
  const instruments = new Set<string>(manifest.instruments.map(({ hash }) => hash))
  return yield* Effect.forEach(
    automaticRaters(manifest),
    Effect.fnUntraced(function* ({ id, kind, version }) {
      const rows = (yield* audits.of(id)).filter(
        (row) => row.version === version && instruments.has(row.instrumentHash)
      )
      const full = newest(rows.filter((row) => row.kind === "audit"))
      const drift = newest(rows.filter((row) => row.kind === "drift"))
      return {
        rater: id,
        kind,
        version,
        ...(full.length === 0
          ? {}
          : {
              at: full
                .map(({ at }) => at)
                .toSorted()
                .at(-1)!
            }),
        measures: full.flatMap(measuresOf),
        drift: drift.flatMap((row) =>
          measuresOf(row).flatMap(({ instrument, measure, drift: line }) =>
            line === undefined ? [] : [{ ...line, at: row.at, instrument, measure }]
          )
        )
      } satisfies RaterAudit
    })
  )
})
