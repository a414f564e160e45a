/** The analyses of style as data: what every view of them shows. */
import { Schema } from "effect"
import { type FeatureName, features } from "./features.ts"

const Feature = Schema.Literals(Object.keys(features) as [FeatureName, ...FeatureName[]])

const Interval = Schema.Struct({ estimate: Schema.Finite, lower: Schema.Finite, upper: Schema.Finite })

const Effects = Schema.Struct({
  effects: Schema.Array(
    Schema.Struct({
      feature: Feature,
      ...Interval.fields,
      se: Schema.Finite,
      p: Schema.Finite,
      pAdjusted: Schema.Finite
    })
  ),
  ratings: Schema.Int,
  texts: Schema.Int,
  notes: Schema.Array(Schema.String)
})

const Reason = Schema.Struct({ reason: Schema.String })

/** The document. */
export const StyleReport = Schema.Struct({
  format: Schema.Literal("warmline-style/1"),
  sources: Schema.Array(Schema.String),
  texts: Schema.Int,
  posts: Schema.Int,
  features: Schema.Array(Schema.Struct({ name: Feature, label: Schema.String, unit: Schema.String })),
  /** (a) Each source against the others. */
  profiles: Schema.Array(
    Schema.Struct({
      source: Schema.String,
      feature: Feature,
      mean: Schema.Finite,
      posts: Schema.Int,
      difference: Schema.Finite,
      standardised: Schema.NullOr(Interval),
      p: Schema.Finite,
      pAdjusted: Schema.Finite
    })
  ),
  /** (b) The source told from style alone. */
  identification: Schema.Union([
    Schema.Struct({
      accuracy: Schema.Finite,
      lower: Schema.Finite,
      upper: Schema.Finite,
      chance: Schema.Finite,
      p: Schema.Finite,
      permutations: Schema.Int,
      folds: Schema.Int,
      texts: Schema.Int,
      posts: Schema.Int,
      confusion: Schema.Array(Schema.Array(Schema.Int))
    }),
    Reason
  ]),
  /** (c) Ratings predicted from style, for each set of ratings given. */
  predictions: Schema.Array(
    Schema.Struct({
      ratings: Schema.String,
      withoutSources: Schema.Union([Effects, Reason]),
      withSources: Schema.Union([Effects, Reason])
    })
  ),
  notes: Schema.Array(Schema.String)
})
export type StyleReport = typeof StyleReport.Type
