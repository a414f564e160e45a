/** Checks of data quality: which rules a run was checked by and when, and which submissions they mark. */
import { Array as Arr, Context, Effect, Layer, Stream } from "effect"
import { SqlClient } from "effect/sql"
import type { RunId } from "../study/Ids.ts"
import { fromSqlError, orStoreError, type StoreError } from "./StoreError.ts"

/** One check; `rules` and `results` are JSON. The last of a run is the one in force. */
export interface QualityCheckRow {
  readonly id: number
  readonly rules: string
  readonly rulesHash: string
  /** Where the rules were declared: the run's own study, or a study file named at the check. */
  readonly origin: string
  /** What ratings there were: a check of others has to be made again. */
  readonly seen: string
  readonly results: string
  readonly checkedAt: string
}

/** A submission that a rule which is on excludes. */
export interface QualityMark {
  readonly rule: string
  readonly version: number
  readonly submissionId: number
  readonly reason: string
}

/** One rating by a person, in the order of the sittings and of the answers within each. */
export interface GivenRating {
  readonly submissionId: number
  readonly suite: string
  readonly post: string
  readonly source: string
  readonly condition: string
  readonly epoch: number
  readonly instrument: string
  readonly instrumentHash: string
  readonly dimension: string
  /** Null where there is a reason why there is none. */
  readonly value: number | null
}

/** One sitting of one person, as the rules look at it. */
export interface Sitting {
  readonly id: number
  readonly rater: string
  readonly panel: string | null
  readonly importId: number
  readonly place: string
  readonly seconds: number | null
  readonly finished: boolean | null
  readonly preview: boolean | null
}

/** The submissions that the check in force on a run excludes, for `IN (…)`; computed once a statement. */
export const excludedSubmissions = (sql: SqlClient.SqlClient, run: RunId) =>
  sql`SELECT submission_id FROM quality_mark
    WHERE check_id = (SELECT MAX(id) FROM quality_check WHERE run_id = ${run})`

const flag = (value: number | null) => (value === null ? null : value === 1)

export class Quality extends Context.Service<
  Quality,
  {
    /** People's ratings of a run's texts, streamed. */
    readonly given: (run: RunId) => Stream.Stream<GivenRating, StoreError>
    /** The sittings they were given in, in the order of the imports and of the rows of each. */
    readonly sittings: (run: RunId) => Effect.Effect<readonly Sitting[], StoreError>
    /** Attention questions of those sittings, by the import's own expected values. */
    readonly attention: (run: RunId) => Effect.Effect<
      readonly {
        readonly submissionId: number
        readonly name: string
        readonly value: string
        readonly passed: boolean
      }[],
      StoreError
    >
    /** Tells one state of a run's human ratings from another; `undefined` when it has none. */
    readonly seen: (run: RunId) => Effect.Effect<string | undefined, StoreError>
    /** All checks of a run, oldest first. */
    readonly checks: (run: RunId) => Effect.Effect<readonly QualityCheckRow[], StoreError>
    /** Keeps a check with its marks, in one transaction; it is in force from then on. */
    readonly keep: (
      run: RunId,
      check: Omit<QualityCheckRow, "id">,
      marks: readonly QualityMark[]
    ) => Effect.Effect<void, StoreError>
    /** The marks of the check in force. */
    readonly marks: (run: RunId) => Effect.Effect<readonly QualityMark[], StoreError>
  }
>()("warmline/Quality") {
  static readonly layer = Layer.effect(
    Quality,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      // A rating hangs on its text: a run sees people's ratings of its texts, whichever run they were imported for.
      const ofRun = (run: RunId) => sql`SELECT DISTINCT g.submission_id FROM response r
        JOIN rating g ON g.call_id = r.call_id JOIN rater a ON a.id = g.rater_id AND a.kind = 'human'
        WHERE r.run_id = ${run} AND g.submission_id IS NOT NULL`
      return Quality.of({
        given: (run) =>
          sql<GivenRating>`SELECT g.submission_id AS "submissionId", rp.suite, rp.post, r.source, r.condition,
              r.epoch, d.instrument, d.instrument_hash AS "instrumentHash", d.name AS dimension, g.value
            FROM response r
            JOIN run_post rp ON rp.run_id = r.run_id AND rp.ordinal = r.ordinal
            JOIN rating g ON g.call_id = r.call_id
            JOIN rater a ON a.id = g.rater_id AND a.kind = 'human'
            JOIN dimension d ON d.id = g.dimension_id
            WHERE r.run_id = ${run} AND g.submission_id IS NOT NULL
            ORDER BY g.submission_id, g.rowid`.stream.pipe(Stream.mapError(fromSqlError)),
        sittings: (run) =>
          sql<
            Omit<Sitting, "finished" | "preview"> & { finished: number | null; preview: number | null }
          >`SELECT
              s.id, a.name AS rater, s.panel, s.import_id AS "importId", s.place, s.seconds, s.finished, s.preview
            FROM submission s JOIN rater a ON a.id = s.rater_id
            WHERE s.id IN (${ofRun(run)}) ORDER BY s.id`.pipe(
            Effect.map((rows) =>
              rows.map(
                (row): Sitting => ({ ...row, finished: flag(row.finished), preview: flag(row.preview) })
              )
            ),
            orStoreError
          ),
        attention: (run) =>
          sql<{ submissionId: number; name: string; value: string; passed: number }>`SELECT
              submission_id AS "submissionId", name, value, passed FROM attention
            WHERE submission_id IN (${ofRun(run)}) ORDER BY submission_id, name`.pipe(
            Effect.map((rows) => rows.map((row) => ({ ...row, passed: row.passed === 1 }))),
            orStoreError
          ),
        seen: (run) =>
          sql<{ n: number; newest: number; imported: number }>`SELECT COUNT(*) AS n, MAX(g.rowid) AS newest,
              MAX(s.import_id) AS imported
            FROM response r
            JOIN rating g ON g.call_id = r.call_id
            JOIN rater a ON a.id = g.rater_id AND a.kind = 'human'
            JOIN submission s ON s.id = g.submission_id
            WHERE r.run_id = ${run}`.pipe(
            Effect.map(([row]) =>
              row === undefined || row.n === 0 ? undefined : `${row.n} ${row.newest} ${row.imported}`
            ),
            orStoreError
          ),
        checks: (run) =>
          orStoreError(
            sql<QualityCheckRow>`SELECT id, rules, rules_hash AS "rulesHash", origin, seen, results,
              checked_at AS "checkedAt" FROM quality_check WHERE run_id = ${run} ORDER BY id`
          ),
        keep: (run, check, marks) =>
          sql
            .withTransaction(
              Effect.gen(function* () {
                const rows = yield* sql<{ id: number }>`INSERT INTO quality_check ${sql.insert({
                  run_id: run,
                  rules: check.rules,
                  rules_hash: check.rulesHash,
                  origin: check.origin,
                  seen: check.seen,
                  results: check.results,
                  checked_at: check.checkedAt
                })} RETURNING id`
                for (const chunk of Arr.chunksOf(marks, 500)) {
                  yield* sql`INSERT INTO quality_mark ${sql.insert(
                    Arr.map(chunk, ({ rule, version, submissionId, reason }) => ({
                      check_id: rows[0]!.id,
                      rule,
                      version,
                      submission_id: submissionId,
                      reason
                    }))
                  )}`
                }
              })
            )
            .pipe(orStoreError),
        marks: (run) =>
          orStoreError(
            sql<QualityMark>`SELECT rule, version, submission_id AS "submissionId", reason FROM quality_mark
              WHERE check_id = (SELECT MAX(id) FROM quality_check WHERE run_id = ${run})
              ORDER BY submission_id, rule`
          )
      })
    })
  )
}
