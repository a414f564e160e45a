/**
 * The names of things. Every id is a branded string, so that a post id cannot stand where a source id
 * belongs; numbers are never ids (20 digits of a survey tool's id would be rounded).
 */
import { Schema } from "effect"

/** A name that may become a folder or a column: lower-case letters, digits, `.`, `_`, `-`; 1 to 64 characters. */
const name = Schema.String.pipe(
  Schema.check(
    Schema.isPattern(/^[a-z0-9][a-z0-9._-]{0,63}$/, {
      expected: "a name of 1 to 64 lower-case letters, digits, '.', '_' or '-'"
    })
  )
)

/** An id from outside: one printable line of 1 to 200 characters, kept as it is. */
const id = Schema.String.pipe(
  Schema.check(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
    Schema.isPattern(/^(?!\s)[^\u0000-\u001f\u007f\u2028\u2029]{1,200}$/, {
      expected: "one line of 1 to 200 characters"
    })
  )
)

/** A post within its suite. */
export const PostId = id.pipe(Schema.brand("PostId"))
export type PostId = typeof PostId.Type

/** A suite (and, for the suites shipped here, its domain). */
export const SuiteName = name.pipe(Schema.brand("SuiteName"))
export type SuiteName = typeof SuiteName.Type

/** A condition: one way of asking. */
export const ConditionName = name.pipe(Schema.brand("ConditionName"))
export type ConditionName = typeof ConditionName.Type

/** A source of responses within a study, as the leaderboard shows it. */
export const SourceId = id.pipe(Schema.brand("SourceId"))
export type SourceId = typeof SourceId.Type

/** An instrument: one questionnaire. */
export const InstrumentName = name.pipe(Schema.brand("InstrumentName"))
export type InstrumentName = typeof InstrumentName.Type

/** A YAML file by its path, such as `./my-instrument.yaml`. */
export const YamlPath = Schema.String.pipe(
  Schema.check(Schema.isPattern(/[^/\\]\.ya?ml$/i, { expected: "the path of a .yaml file" }))
)

/** One dimension of an instrument. */
export const DimensionName = name.pipe(Schema.brand("DimensionName"))
export type DimensionName = typeof DimensionName.Type

/** A rater: a judge's or proxy's name, or the keyed hash of a person's id. */
export const RaterId = id.pipe(Schema.brand("RaterId"))
export type RaterId = typeof RaterId.Type

/** A study file's name. */
export const StudyName = name.pipe(Schema.brand("StudyName"))
export type StudyName = typeof StudyName.Type

/** A run: the study's name and the first eight hex digits of its plan's hash, so the same work has the same id. */
export const RunId = Schema.String.pipe(
  Schema.check(
    Schema.isPattern(/^[a-z0-9][a-z0-9._-]{0,63}-[0-9a-f]{8}$/, {
      expected: "a run id such as quick-1a2b3c4d"
    })
  ),
  Schema.brand("RunId")
)
export type RunId = typeof RunId.Type

/** SHA-256, 64 lower-case hex digits. */
export const ContentHash = Schema.String.pipe(
  Schema.check(Schema.isPattern(/^[0-9a-f]{64}$/, { expected: "a SHA-256 hash of 64 hex digits" })),
  Schema.brand("ContentHash")
)
export type ContentHash = typeof ContentHash.Type

/** The content address of a call: see `CallKey.ts`. */
export const CallKey = ContentHash.pipe(Schema.brand("CallKey"))
export type CallKey = typeof CallKey.Type
