/**
 * The leaderboard as data: what every view of it (terminal, Markdown, CSV, page) shows and nothing more. One
 * table for each instrument, kind of rater and condition: scores of people, judges and proxies never share one.
 */
import { Schema } from "effect"
import { RaterKind } from "../study/Rater.ts"
import { Outcome } from "../study/Response.ts"
import { SourceKind } from "../study/Source.ts"
import { Panel } from "../study/Study.ts"
import {
  Correction,
  Declared,
  Disagreement,
  DomainSlice,
  EstimateModel,
  Interval,
  Replication,
  Sensitivity,
  Slice,
  SliceFamily,
  Steerability
} from "./TableParts.ts"

export * from "./TableParts.ts"

/** One source's row. */
export const Row = Schema.Struct({
  source: Schema.String,
  kind: SourceKind,
  /** Absent, with the reason, where the data do not determine it. */
  mean: Schema.NullOr(Interval),
  reason: Schema.optionalKey(Schema.String),
  /** Best and worst rank that the simultaneous intervals allow, from 1. */
  rank: Schema.Tuple([Schema.Int, Schema.Int]),
  /** Posts with a rated text. */
  posts: Schema.Int,
  /** Mean length of the texts. */
  words: Schema.Finite
})
export type Row = typeof Row.Type

/** The difference of two sources, paired by post. */
export const Contrast = Schema.Struct({
  a: Schema.String,
  b: Schema.String,
  /** a − b. */
  estimate: Schema.Finite,
  se: Schema.Finite,
  /** 95 %, simultaneous over all contrasts of the table. */
  lower: Schema.Finite,
  upper: Schema.Finite,
  /** Two-sided, adjusted for all contrasts of the table. */
  p: Schema.Finite,
  posts: Schema.Int,
  /** The true difference that a study like this one finds four times in five. */
  minimumDetectable: Schema.Finite
})
export type Contrast = typeof Contrast.Type

/** What excluding ratings by the rules of data quality did to a table. */
export const Exclusions = Schema.Struct({
  /** Ratings on the table's measure that are excluded, of how many. */
  excluded: Schema.Int,
  of: Schema.Int,
  /** People in the table, and how many they would be with everybody. */
  raters: Schema.Int,
  allRaters: Schema.Int,
  /** Best mean first, as the table has them: the mean it shows, and the mean of all ratings. */
  rows: Schema.Array(
    Schema.Struct({
      source: Schema.String,
      kept: Schema.NullOr(Interval),
      all: Schema.NullOr(Interval)
    })
  ),
  /** Pairs that are separated with the exclusions and not without them, or the other way round. */
  depending: Schema.Array(Schema.Struct({ a: Schema.String, b: Schema.String }))
})
export type Exclusions = typeof Exclusions.Type

/** One ranking. */
export const Table = Schema.Struct({
  instrument: Schema.String,
  title: Schema.String,
  /** `aggregate`, or the dimension where the instrument's dimensions are not combined. */
  measure: Schema.String,
  raterKind: RaterKind,
  /** Of people: whose ratings these are; several only where the study pools them. */
  panels: Schema.optionalKey(Schema.Array(Panel)),
  raters: Schema.Array(Schema.String),
  condition: Schema.String,
  scale: Schema.Struct({ minimum: Schema.Finite, maximum: Schema.Finite }),
  /** What the numbers estimate, in a sentence. */
  estimand: Schema.String,
  /** Best mean first. */
  rows: Schema.Array(Row),
  contrasts: Schema.Array(Contrast),
  domains: Schema.Array(DomainSlice),
  /** Only where ratings are excluded: the table shows what is left. */
  exclusions: Schema.optionalKey(Exclusions),
  /** Absent in files of earlier versions. */
  model: Schema.optionalKey(EstimateModel),
  /** Of people's tables. */
  replication: Schema.optionalKey(Replication),
  declared: Schema.optionalKey(Declared),
  sensitivity: Schema.optionalKey(Sensitivity),
  /** One for each panel of people who rated a part; of judges and proxies. */
  corrections: Schema.optionalKey(Schema.Array(Correction)),
  slices: Schema.optionalKey(Schema.Array(Slice)),
  /** One for each slicing that the study declared. */
  sliceFamilies: Schema.optionalKey(Schema.Array(SliceFamily)),
  /** Where raters of another kind, on the same instrument and condition, say something else. */
  disagreements: Schema.optionalKey(Schema.Array(Disagreement)),
  /** Which slices the study declared beforehand; all others are exploratory. */
  declaredSlices: Schema.optionalKey(Schema.Array(Schema.String)),
  /** Why there is no ranking, if so. */
  refusal: Schema.optionalKey(Schema.String),
  /** What a reader has to know beside the numbers. */
  notes: Schema.Array(Schema.String)
})
export type Table = typeof Table.Type

/** The document behind `leaderboard.json`. */
export const Leaderboard = Schema.Struct({
  format: Schema.Literal("warmline-leaderboard/1"),
  run: Schema.String,
  study: Schema.Struct({
    name: Schema.String,
    title: Schema.String,
    caution: Schema.optionalKey(Schema.String)
  }),
  /** Answers asked for by the plan, and how many of them are there. */
  planned: Schema.Int,
  answered: Schema.Int,
  outcomes: Schema.Array(
    Schema.Struct({ source: Schema.String, condition: Schema.String, outcome: Outcome, n: Schema.Int })
  ),
  /** What failed for good, grouped by source and reason; another start tries again. */
  failures: Schema.Array(
    Schema.Struct({
      stage: Schema.String,
      source: Schema.String,
      kind: Schema.String,
      message: Schema.String,
      n: Schema.Int,
      /** One post it happened at. */
      example: Schema.String
    })
  ),
  /** Verdicts without a value, grouped; absent where every one has a value. */
  unscored: Schema.optionalKey(
    Schema.Array(
      Schema.Struct({
        rater: Schema.String,
        instrument: Schema.String,
        reason: Schema.String,
        n: Schema.Int,
        /** All that the rater said on the instrument. */
        of: Schema.Int
      })
    )
  ),
  tables: Schema.Array(Table),
  /** Only of runs with several conditions. */
  steerability: Schema.optionalKey(Schema.Array(Steerability)),
  /** ISO time at which everything planned was there; absent while something is missing. */
  finishedAt: Schema.optionalKey(Schema.String),
  manifest: Schema.Json
})
export type Leaderboard = typeof Leaderboard.Type
