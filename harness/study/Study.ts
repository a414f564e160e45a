/** A study: suites × sources × conditions × epochs, and who rates what on which instrument. */
import { Effect, Schema } from "effect"
import { ConditionName, InstrumentName, SourceId, StudyName, YamlPath } from "./Ids.ts"
import { QualityRules } from "./QualityRules.ts"
import { Rater } from "./Rater.ts"
import { Parameters, Source } from "./Source.ts"

/** A suite by name or folder, and optionally only the posts that carry a mark. */
export const SuiteChoice = Schema.Struct({
  /** A suite of the package, or a folder (absolute, or relative to the study file). */
  suite: Schema.NonEmptyString,
  /** Only posts with this mark. */
  marked: Schema.optionalKey(Schema.NonEmptyString)
})
export type SuiteChoice = typeof SuiteChoice.Type

/** From which numbers on a table of human ratings is ranked at all; see SCIENCE: below these a rank is refused. */
export const Thresholds = Schema.Struct({
  /** Posts rated. */
  posts: Schema.Int.pipe(Schema.withDecodingDefaultKey(Effect.succeed(30))),
  /** Human raters. */
  raters: Schema.Int.pipe(Schema.withDecodingDefaultKey(Effect.succeed(20))),
  /** Ratings a text, on average. */
  ratersPerText: Schema.Finite.pipe(Schema.withDecodingDefaultKey(Effect.succeed(3)))
})
export type Thresholds = typeof Thresholds.Type

const share = Schema.Finite.pipe(Schema.check(Schema.isBetween({ minimum: 0, maximum: 1 })))

/** From which numbers on agreement with people makes an automatic rater usable. */
export const AgreementThresholds = Schema.Struct({
  /** Texts that both rated, at least. */
  texts: Schema.Int.pipe(
    Schema.check(Schema.isGreaterThan(0)),
    Schema.withDecodingDefaultKey(Effect.succeed(30))
  ),
  /** Least Spearman correlation with the people's mean. */
  spearman: share.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.5))),
  /** Least value-weighted kappa (quadratic) with the people's median. */
  kappa: share.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.4))),
  /** Largest bias, as a share of the scale's range. */
  bias: share.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.1)))
})
export type AgreementThresholds = typeof AgreementThresholds.Type

/** What holds where a study file says nothing. */
export const defaultAgreement: AgreementThresholds = { texts: 30, spearman: 0.5, kappa: 0.4, bias: 0.1 }

const perMinute = Schema.Int.pipe(Schema.check(Schema.isGreaterThan(0)))

/** Requests and tokens (in and out together) a minute. */
export const MinuteLimits = Schema.Struct({
  requestsPerMinute: Schema.optionalKey(perMinute),
  tokensPerMinute: Schema.optionalKey(perMinute)
})
export type MinuteLimits = typeof MinuteLimits.Type

/** How judges are asked; all of it may be left out. */
export const Judging = Schema.Struct({
  /** `rubric`, which is shipped, or a Markdown file. */
  prompt: Schema.optionalKey(Schema.NonEmptyString),
  /** A YAML file of rated examples, none of which may be among what is judged. */
  exemplars: Schema.optionalKey(Schema.NonEmptyString),
  /** One call for all dimensions of an instrument; by default one for each. */
  joint: Schema.optionalKey(Schema.Boolean),
  /** Ask for log-probabilities where a judge has them; by default yes. */
  logprobs: Schema.optionalKey(Schema.Boolean),
  /** Repeated verdicts on each text; 1 by default. */
  epochs: Schema.optionalKey(Schema.Int.pipe(Schema.check(Schema.isBetween({ minimum: 1, maximum: 100 })))),
  /** Let judges rate sources of their own family; by default they do not. */
  allowSelf: Schema.optionalKey(Schema.Boolean),
  /** A YAML file of families that goes before the shipped one. */
  families: Schema.optionalKey(Schema.NonEmptyString)
})
export type Judging = typeof Judging.Type

/** Of whom people's ratings are: `people` where an import did not say. */
export const Panel = Schema.Literals(["expert", "crowd", "people"])
export type Panel = typeof Panel.Type

/**
 * Panels whose ratings stand in one table. Without it each has tables of its own; judges and proxies can never be
 * pooled with people, so they cannot be named here.
 */
export const Pool = Schema.Array(Panel).pipe(
  Schema.check(
    Schema.makeFilter((panels) =>
      panels.length < 2 || new Set(panels).size < panels.length
        ? "a pool names two panels or more, each once"
        : undefined
    )
  )
)
export type Pool = typeof Pool.Type

/** In the order in which they are shown. */
const panelOrder: readonly Panel[] = ["expert", "crowd", "people"]

/** The panels whose ratings stand in one table with those of `panel`; `null` is where an import did not say. */
export const panelsOf = (panel: string | null, pool: Pool): readonly Panel[] => {
  const own = panelOrder.find((known) => known === panel) ?? "people"
  return pool.includes(own) ? panelOrder.filter((known) => pool.includes(known)) : [own]
}

/** What a leaderboard is cut by. */
export const SliceName = Schema.Literals(["domain", "condition", "crisis", "length"])
export type SliceName = typeof SliceName.Type

const shorthand = <A extends Schema.Top>(full: A) => Schema.Union([Schema.NonEmptyString, full])

/** The study file as people write it; `model: lexical` may be shortened to `lexical`. */
export class StudyFile extends Schema.Class<StudyFile>("warmline/StudyFile")({
  name: StudyName,
  title: Schema.NonEmptyString,
  description: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed(""))),
  /** Any integer; every seed of the study derives from it. */
  seed: Schema.Int,
  suites: Schema.NonEmptyArray(shorthand(SuiteChoice)),
  conditions: Schema.NonEmptyArray(ConditionName),
  sources: Schema.NonEmptyArray(shorthand(Source)),
  raters: Schema.Array(shorthand(Rater)).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  judging: Schema.optionalKey(Judging),
  /** Names, or files of one's own by their paths. The first is the one the leaderboard ranks by. */
  instruments: Schema.NonEmptyArray(Schema.Union([InstrumentName, YamlPath])),
  /** Repeated answers a post, source and condition. */
  epochs: Schema.Int.pipe(
    Schema.check(Schema.isBetween({ minimum: 1, maximum: 100 })),
    Schema.withDecodingDefaultKey(Effect.succeed(1))
  ),
  /** What the account of a plugin may use in a minute, by the plugin's name; without one a run finds its own pace. */
  limits: Schema.Record(Schema.String, MinuteLimits).pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  parameters: Parameters.pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  thresholds: Schema.optionalKey(Thresholds),
  /** Whose ratings are excluded, decided before results are looked at. */
  quality: Schema.optionalKey(QualityRules),
  /** Panels of people that share their tables. */
  pool: Schema.optionalKey(Pool),
  agreement: Schema.optionalKey(AgreementThresholds),
  /** The contrasts a study declares beforehand, as pairs of source ids: they form a family of their own (Holm). */
  contrasts: Schema.Array(Schema.Tuple([SourceId, SourceId])).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed([]))
  ),
  /** Slices decided on beforehand; every other one is labelled exploratory. */
  slices: Schema.optionalKey(Schema.Array(SliceName)),
  /** Said under every table of the study. */
  caution: Schema.optionalKey(Schema.NonEmptyString)
}) {}
