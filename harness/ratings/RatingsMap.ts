/**
 * The map of `warmline import`: which columns of a file hold what. A file is read as a table first (see `table/`),
 * so a map only ever names columns.
 */
import { Effect, Schema } from "effect"
import { SourceKind } from "../study/Source.ts"

const Column = Schema.NonEmptyString
const Names = Schema.Record(Schema.String, Schema.NonEmptyString)

/** A column, and optionally other names for what its cells say. Every name must occur in the file. */
const NamedColumn = Schema.Struct({ column: Column, names: Schema.optionalKey(Names) })
/** The same for every row. */
const Fixed = Schema.Struct({ value: Schema.NonEmptyString })

/** Where a fact about a row stands: a column by its name, a column with other names, or `{value: …}`. */
export const At = Schema.Union([Column, NamedColumn, Fixed])
export type At = typeof At.Type

/** A word that is usually fixed (an instrument, a dimension, a panel): the word itself, or a column. */
export const Word = Schema.Union([Schema.NonEmptyString, NamedColumn])
export type Word = typeof Word.Type

/** What says which text was rated. */
const text = {
  /** The id that `import responses` gave the text. */
  response: Schema.optionalKey(At),
  post: Schema.optionalKey(At),
  suite: Schema.optionalKey(At),
  source: Schema.optionalKey(At),
  condition: Schema.optionalKey(At),
  /** Of the answer; 1 unless it is mapped. */
  epoch: Schema.optionalKey(At)
}

/** Parts of a pattern's names, and what each of them stands for. */
const Part = Schema.Record(
  Schema.String,
  Schema.Struct({
    response: Schema.optionalKey(Schema.NonEmptyString),
    post: Schema.optionalKey(Schema.NonEmptyString),
    suite: Schema.optionalKey(Schema.NonEmptyString),
    source: Schema.optionalKey(Schema.NonEmptyString),
    condition: Schema.optionalKey(Schema.NonEmptyString),
    epoch: Schema.optionalKey(Schema.NonEmptyString),
    rater: Schema.optionalKey(Schema.NonEmptyString),
    raterKind: Schema.optionalKey(Schema.Literals(["human", "judge"])),
    panel: Schema.optionalKey(Schema.Literals(["expert", "crowd"])),
    dimension: Schema.optionalKey(Schema.NonEmptyString)
  })
)

/** Where ratings stand in a row. Exactly one of `value`, `dimensions`, `raters` and `columns` says so. */
export const RatingsAt = Schema.Struct({
  /** One column of values. */
  value: Schema.optionalKey(Column),
  /** A column for each dimension: column to dimension. */
  dimensions: Schema.optionalKey(Names),
  /** A column for each rater: their columns. */
  raters: Schema.optionalKey(Schema.NonEmptyArray(Column)),
  /** Columns by pattern, such as `Q{item}_{dimension}`: each part is a fact, or is looked up in `parts`. */
  columns: Schema.optionalKey(Column),
  parts: Schema.optionalKey(Schema.Record(Schema.String, Part)),
  instrument: Schema.optionalKey(Word),
  dimension: Schema.optionalKey(Word),
  /** Who rated here, where it is not the same in the whole row: experts and judges in columns of one file. */
  rater: Schema.optionalKey(At),
  raterKind: Schema.optionalKey(Word),
  panel: Schema.optionalKey(Word),
  ...text,
  /** How long this one text took, in seconds. */
  seconds: Schema.optionalKey(Column),
  /** What words on the scale count as. */
  labels: Schema.optionalKey(Schema.Record(Schema.String, Schema.Finite))
}).pipe(
  Schema.check(
    Schema.makeFilter((at) => {
      const said = [at.value, at.dimensions, at.raters, at.columns].filter((one) => one !== undefined)
      return said.length === 1
        ? undefined
        : "say where the values are by one of value, dimensions, raters, columns"
    })
  )
)
export type RatingsAt = typeof RatingsAt.Type

/** What is known of one sitting: columns. Times are kept as they are written. */
export const SittingAt = Schema.Struct({
  id: Schema.optionalKey(Column),
  seconds: Schema.optionalKey(Column),
  startedAt: Schema.optionalKey(Column),
  endedAt: Schema.optionalKey(Column),
  progress: Schema.optionalKey(Column),
  finished: Schema.optionalKey(Column),
  preview: Schema.optionalKey(Column),
  status: Schema.optionalKey(Column)
})

/** Rows that are left out, and the name of the rule. */
export const SkipRule = Schema.Struct({
  rule: Schema.NonEmptyString,
  column: Column,
  /** Cells, in any case of letters. */
  is: Schema.NonEmptyArray(Schema.String)
})
export type SkipRule = typeof SkipRule.Type

/** An attention item: who answers anything but `expected` failed it. */
export const AttentionAt = Schema.Struct({
  column: Column,
  expected: Schema.Union([Schema.NonEmptyString, Schema.NonEmptyArray(Schema.NonEmptyString)])
})

/** What a text itself says of its post and its writer; used where the import makes posts and responses. */
const texts = {
  /** The response's words. */
  text: Schema.optionalKey(Column),
  /** Who wrote it: `human`, `model` or `program`; `model` unless it is said. */
  kind: Schema.optionalKey(Schema.Union([SourceKind, NamedColumn])),
  /** The post's words. */
  body: Schema.optionalKey(Column),
  postTitle: Schema.optionalKey(Column),
  domain: Schema.optionalKey(At),
  language: Schema.optionalKey(At)
}

/** A second file whose columns stand beside this one's, as `name.column`: `{file, column, with}`. */
const Join = Schema.Struct({
  /** Relative to the map's folder. */
  file: Schema.NonEmptyString,
  /** Of this file. */
  column: Column,
  /** The joined file's column with the same values, each at most once. */
  with: Column
})

const of = {
  /** Names the data set: files with the same name go into one run. By default the file's name. */
  name: Schema.optionalKey(Schema.NonEmptyString),
  title: Schema.optionalKey(Schema.NonEmptyString),
  /** Who collected it, from whom, where it is published. */
  provenance: Schema.optionalKey(Schema.NonEmptyString),
  licence: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("not stated"))),
  format: Schema.optionalKey(Schema.NonEmptyString),
  /** `utf-8`, `utf-16le`, `utf-16be` or `latin1`; found out unless it is said. */
  encoding: Schema.optionalKey(Schema.Literals(["utf-8", "utf-16le", "utf-16be", "latin1"])),
  /** One character; found out unless it is said. */
  delimiter: Schema.optionalKey(Schema.NonEmptyString),
  /** In a JSON file: the path (RFC 9535) of what a row is made of. */
  items: Schema.optionalKey(
    Schema.Union([Schema.NonEmptyString, Schema.NonEmptyArray(Schema.NonEmptyString)])
  ),
  join: Schema.Record(Schema.NonEmptyString, Join).pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  skip: Schema.Array(SkipRule).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  /** Cells that say nothing, beside empty ones, dashes, `NA`, `NaN`, `null`, `DATA_EXPIRED` and `*******`. */
  missing: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
}

/** The map of a file of ratings. */
export class RatingsMap extends Schema.Class<RatingsMap>("warmline/RatingsMap")({
  ...of,
  ...text,
  ...texts,
  /** Who rated. People's ids are replaced by keyed hashes. Not needed where columns are raters. */
  rater: Schema.optionalKey(At),
  /** `human` unless it is said; `judge` for recorded verdicts of a language model, whose name is kept as it is. */
  raterKind: Schema.optionalKey(Word),
  panel: Schema.optionalKey(Word),
  /** What raters were told of who wrote the text: `blind`, `labelled`, or the file's own word. */
  blinding: Schema.optionalKey(Word),
  submission: SittingAt.pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  instrument: Schema.optionalKey(Word),
  ratings: Schema.NonEmptyArray(RatingsAt),
  labels: Schema.Record(Schema.String, Schema.Finite).pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  /** What stands before the digits below one: `.` unless it says `,`. */
  decimal: Schema.optionalKey(Schema.Literals([".", ","])),
  /** Answers that are no number on the scale but not missing either, such as `don't know`: kept as unscored. */
  unscored: Schema.Array(Schema.NonEmptyString).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  attention: Schema.Array(AttentionAt).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  /** Other columns to keep with each sitting, such as age; everything else is dropped. */
  keep: Schema.Array(Column).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
}) {}

/** The map of a file of responses. */
export class ResponsesMap extends Schema.Class<ResponsesMap>("warmline/ResponsesMap")({
  ...of,
  ...texts,
  ...text,
  text: Column
}) {}

/** Facts about a text that a map may place. */
export const textFacts = ["response", "post", "suite", "source", "condition", "epoch"] as const
export type TextFact = (typeof textFacts)[number]
