/** Agreement within a run, for a terminal. */
import type { Against, DimensionAgreement, LeftOut } from "../../leaderboard/agreementReport.ts"
import { counted, decimals, difference } from "../../leaderboard/formatNumber.ts"
import { visible } from "../../leaderboard/visible.ts"
import type { Part } from "../../stats/agreement/AgainstPeople.ts"
import { standingText, type VerdictThresholds } from "../../stats/agreement/JudgeVerdict.ts"
import type { Estimable } from "../../stats/Estimable.ts"
import type { Measured } from "../../stats/resampling/ClusterJackknife.ts"
import { alignedTable, column } from "./alignedTable.ts"

const two = (value: number) => decimals(value, 2)
const number = (value: Estimable<Measured>, text = two) =>
  value.ok ? `${text(value.value.estimate)} [${two(value.value.lower)}, ${two(value.value.upper)}]` : "–"

interface Line {
  readonly who: string
  readonly against: string
  readonly texts: number
  readonly kappa: string
  readonly spearman: string
  readonly consistency: string
  readonly agreement: string
  readonly alpha: string
  readonly bias: string
}

const lineOf = ({ rater, kind, panel, result }: Against): readonly Line[] =>
  result.ok
    ? [
        {
          who: kind === "human" ? rater : `${rater} (${kind})`,
          against: panel,
          texts: result.value.overall.texts,
          kappa: number(result.value.overall.kappa),
          spearman: number(result.value.overall.spearman),
          consistency: number(result.value.overall.iccConsistency),
          agreement: number(result.value.overall.iccAgreement),
          alpha: number(result.value.overall.alpha),
          bias: number(result.value.overall.bias, difference)
        }
      ]
    : []

const partLines = (heading: string, parts: readonly Part[]): readonly string[] => [
  `  ${heading}`,
  ...alignedTable([
    column(parts, "  part", "left", ({ name }) => `  ${name}`),
    column(parts, "texts", "right", ({ texts }) => String(texts)),
    column(parts, "bias", "left", ({ bias }) => number(bias, difference)),
    column(parts, "kappa", "left", ({ kappa }) => number(kappa)),
    column(parts, "Spearman", "left", ({ spearman }) => number(spearman))
  ])
]

const dimensionLines = (entry: DimensionAgreement): readonly string[] => {
  const { instrument, dimension, scale, panels, raters } = entry
  const ceiling = panels.map(
    ({ panel, people, among }): Line => ({
      who: `one of ${counted(people, "person", "people")} (${panel})`,
      against: "the others",
      texts: among.shared,
      kappa: number(among.kappa),
      spearman: number(among.spearman),
      consistency: number(among.iccConsistency),
      agreement: number(among.iccAgreement),
      alpha: number(among.alpha),
      bias: "–"
    })
  )
  const lines = [...raters.flatMap(lineOf), ...ceiling]
  const out = ["", `${instrument}, ${dimension} (${scale.minimum} to ${scale.maximum})`]
  for (const { rater, panel, kind, verdict } of raters) {
    if (kind === "human") continue
    out.push(
      `  ${visible(rater)} (${kind}) against ${panel}: ${standingText[verdict.standing].toUpperCase()}${verdict.narrow ? ", narrowly" : ""}: ${visible(verdict.reason)}`
    )
  }
  out.push(
    ...alignedTable([
      column(lines, "rater", "left", (line) => line.who),
      column(lines, "against", "left", (line) => line.against),
      column(lines, "texts", "right", (line) => String(line.texts)),
      column(lines, "kappa", "left", (line) => line.kappa),
      column(lines, "Spearman", "left", (line) => line.spearman),
      column(lines, "ICC consistency", "left", (line) => line.consistency),
      column(lines, "ICC agreement", "left", (line) => line.agreement),
      column(lines, "alpha", "left", (line) => line.alpha),
      column(lines, "bias", "left", (line) => line.bias)
    ])
  )
  for (const { rater, panel, kind, result } of raters) {
    if (!result.ok || kind === "human") continue
    out.push(
      ...partLines(`${visible(rater)} against ${panel}, by source`, result.value.bySource),
      ...partLines(`${visible(rater)} against ${panel}, by length`, result.value.byLength)
    )
  }
  return out
}

/** Dimensions on which there is nobody to compare with. */
const unrated = (dimensions: readonly DimensionAgreement[]): readonly string[] => {
  const names = dimensions
    .filter(({ panels }) => panels.length === 0)
    .map(({ instrument, dimension }) => `${instrument}/${dimension}`)
  return names.length === 0 ? [] : ["", `No person rated: ${visible(names.join(", "))}`]
}

const leftOutLines = ({ ratings, people }: LeftOut): readonly string[] =>
  ratings === 0
    ? []
    : [
        "",
        `Data quality: ${counted(ratings, "rating")} by ${counted(people, "person", "people")} are left out of all this by the study's rules; \`warmline ratings check\` says which and why.`
      ]

/** All of it. */
export const runAgreementText = (
  run: string,
  dimensions: readonly DimensionAgreement[],
  thresholds: VerdictThresholds,
  excluded: LeftOut,
  calibrated: readonly string[]
): string =>
  `${[
    `Agreement in run ${run}`,
    ...dimensions.filter(({ panels }) => panels.length > 0).flatMap(dimensionLines),
    ...unrated(dimensions),
    ...leftOutLines(excluded),
    "",
    `Usable: Spearman at least ${thresholds.spearman}, kappa at least ${thresholds.kappa} and a bias of at most ${thresholds.bias} of the scale, on at least ${thresholds.texts} texts (the study file sets these under agreement:).`,
    "Kappa: against the people's median, quadratic weights on values. Bias, Spearman and ICC: against the people's mean.",
    "Alpha: single ratings, the rater's as one more. Intervals leave out whole posts and hold for the people who rated.",
    ...(calibrated.length === 0 ? [] : ["", ...calibrated])
  ].join("\n")}\n`
