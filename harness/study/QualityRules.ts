/**
 * The rules of data quality as a study declares them, before anybody looks at results. A rule that stands here
 * is on unless it says `on: false`; a rule that does not stand here excludes nobody and is only counted.
 */
import { Effect, Schema } from "effect"
import { DimensionName, InstrumentName } from "./Ids.ts"

const on = Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(true)))
const share = (initial: number) =>
  Schema.Finite.pipe(
    Schema.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
    Schema.withDecodingDefaultKey(Effect.succeed(initial))
  )
const atLeast = (minimum: number, initial: number) =>
  Schema.Int.pipe(
    Schema.check(Schema.isGreaterThanOrEqualTo(minimum)),
    Schema.withDecodingDefaultKey(Effect.succeed(initial))
  )

/** Rows that the survey's author made while trying it out. */
export const PreviewRule = Schema.Struct({ on })

/** Submissions that were not finished. */
export const UnfinishedRule = Schema.Struct({ on })

/** The first submission of a person stays, later ones go. */
export const DuplicatePersonRule = Schema.Struct({
  on,
  /**
   * `same-text`: a later submission goes when it rates a text the person has rated before (several tasks of
   * one person with different texts are a design, not a fault); `any`: every later submission goes.
   */
  count: Schema.Literals(["same-text", "any"]).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("same-text" as const))
  )
})

/** Submissions done in less than a share of the median time of their file. */
export const TooFastRule = Schema.Struct({
  on,
  share: share(1 / 3),
  /** Time of the whole submission, or divided by its ratings where submissions differ in length. */
  per: Schema.Literals(["submission", "rating"]).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("submission" as const))
  ),
  /** Timed submissions of a file below which its median is not used. */
  least: atLeast(2, 5)
})

/** Questions with a known answer, asked beside the ratings. */
export const AttentionRule = Schema.Struct({
  on,
  /** Which of them count, and what passes. Without a list all of them, by the import's own expected values. */
  checks: Schema.optionalKey(
    Schema.NonEmptyArray(
      Schema.Struct({
        /** As the import's mapping names it. */
        question: Schema.NonEmptyString,
        /** Any of these passes; compared as text without blanks around it, numbers as numbers. */
        expected: Schema.NonEmptyArray(Schema.Union([Schema.Finite, Schema.String]))
      })
    )
  ),
  /** Checks that may fail. */
  allowed: atLeast(0, 0)
})

/** Two dimensions that ask for the same thing, once the other way round (`P` and `^P`). */
export const ReversedPairsRule = Schema.Struct({
  on,
  pairs: Schema.NonEmptyArray(
    Schema.Struct({ instrument: InstrumentName, dimension: DimensionName, reversed: DimensionName })
  ),
  /** Points by which the answer and the turned-round answer may differ. */
  slack: Schema.Finite.pipe(
    Schema.check(Schema.isGreaterThanOrEqualTo(0)),
    Schema.withDecodingDefaultKey(Effect.succeed(1))
  ),
  /** Share of a submission's pairs that may contradict each other. */
  most: share(0.25)
})

/** The same point of the scale again and again (the "long string" of Johnson 2005). */
export const StraightLineRule = Schema.Struct({
  on,
  /** Share of a submission's answers that one unbroken run of the same point may reach. */
  longest: share(0.9),
  /** Answers below which a submission is too short to tell. */
  answers: atLeast(2, 10)
})

/** Raters whose ratings do not go with those of the others of their group. */
export const FarFromOthersRule = Schema.Struct({
  on,
  /** Correlation of a rater with the mean of the others below which the rater is excluded. */
  below: Schema.Finite.pipe(
    Schema.check(Schema.isBetween({ minimum: -1, maximum: 1 })),
    Schema.withDecodingDefaultKey(Effect.succeed(0.1))
  ),
  /** Ratings that somebody else of the group gave too, below which no correlation is computed. */
  overlap: atLeast(3, 20)
})

/** Ratings that are missing although the rater was meant to give them. */
export const MissingInsideRule = Schema.Struct({
  on,
  /** Share of the meant ratings that may be missing. */
  most: share(0.2),
  /**
   * Which texts a rater was meant to rate. `as-rated`: those with at least one answer of theirs; `all-sources`:
   * every source on each post they rated; `complete`: every text.
   */
  design: Schema.Literals(["as-rated", "all-sources", "complete"]).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("as-rated" as const))
  )
})

const fields = {
  preview: PreviewRule,
  unfinished: UnfinishedRule,
  "duplicate-person": DuplicatePersonRule,
  "too-fast": TooFastRule,
  attention: AttentionRule,
  "reversed-pairs": ReversedPairsRule,
  "straight-line": StraightLineRule,
  "missing-inside": MissingInsideRule,
  "far-from-others": FarFromOthersRule
}

/** A rule by name. */
export type RuleName = keyof typeof fields

/** In the order they are applied: what one excludes is no measure for those after it. */
export const ruleNames = Object.keys(fields) as readonly RuleName[]

/** `quality:` of a study file. */
export const QualityRules = Schema.Struct({
  preview: Schema.optionalKey(PreviewRule),
  unfinished: Schema.optionalKey(UnfinishedRule),
  "duplicate-person": Schema.optionalKey(DuplicatePersonRule),
  "too-fast": Schema.optionalKey(TooFastRule),
  attention: Schema.optionalKey(AttentionRule),
  "reversed-pairs": Schema.optionalKey(ReversedPairsRule),
  "straight-line": Schema.optionalKey(StraightLineRule),
  "missing-inside": Schema.optionalKey(MissingInsideRule),
  "far-from-others": Schema.optionalKey(FarFromOthersRule)
})
export type QualityRules = typeof QualityRules.Type

/** What a rule is given. */
export type RuleParameters = { readonly [Name in RuleName]: (typeof fields)[Name]["Type"] }

/** A rule as it stands when a study says nothing of it; which pairs are reversed only the study knows. */
export const defaults: Omit<RuleParameters, "reversed-pairs"> = {
  preview: Schema.decodeSync(PreviewRule)({}),
  unfinished: Schema.decodeSync(UnfinishedRule)({}),
  "duplicate-person": Schema.decodeSync(DuplicatePersonRule)({}),
  "too-fast": Schema.decodeSync(TooFastRule)({}),
  attention: Schema.decodeSync(AttentionRule)({}),
  "straight-line": Schema.decodeSync(StraightLineRule)({}),
  "missing-inside": Schema.decodeSync(MissingInsideRule)({}),
  "far-from-others": Schema.decodeSync(FarFromOthersRule)({})
}
