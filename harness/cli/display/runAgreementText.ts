/** Agreement within a run, for a terminal. */
import type { Against, DimensionAgreement, LeftOut } from "../../leaderboard/agreementReport.ts"
import { wrapped } from "../../leaderboard/displayWidth.ts"
import { counted, decimals, difference } from "../../leaderboard/formatNumber.ts"
import { UNNAMED } from "../../leaderboard/ratedTexts.ts"
import { visible } from "../../leaderboard/visible.ts"
import type { Part } from "../../stats/agreement/AgainstPeople.ts"
import { standingText, type VerdictThresholds } from "../../stats/agreement/JudgeVerdict.ts"
import type { Estimable } from "../../stats/Estimable.ts"
import type { Measured } from "../../stats/resampling/ClusterJackknife.ts"
import { column, splitTable } from "./alignedTable.ts"

const two = (value: number) => decimals(value, 2)
const number = (value: Estimable<Measured>, text = two) =>
  value.ok ? `${text(value.value.estimate)} [${two(value.value.lower)}, ${two(value.value.upper)}]` : "–"

interface Line {
  readonly who: string
  readonly against: string
  readonly texts: number
  readonly kappa: string
  readonly pairs: string
  readonly spearman: string
  readonly consistency: string
  readonly agreement: string
  readonly alpha: string
  readonly bias: string
}

const lineOf = ({ label: rater, kind, panel, result }: Against): readonly Line[] =>
  result.ok
    ? [
        {
          who: kind === "human" ? rater : `${rater} (${kind})`,
          against: panel,
          texts: result.value.overall.texts,
          kappa: number(result.value.overall.kappa),
          pairs: number(result.value.overall.kappaPairs),
          spearman: number(result.value.overall.spearman),
          consistency: number(result.value.overall.iccConsistency),
          agreement: number(result.value.overall.iccAgreement),
          alpha: number(result.value.overall.alpha),
          bias: number(result.value.overall.bias, difference)
        }
      ]
    : []

const partLines = (heading: string, parts: readonly Part[], width: number): readonly string[] => {
  // One part is the whole, which stands above.
  if (parts.length < 2) return []
  const keys = [
    column(parts, "  part", "left", ({ name }) => `  ${name}`),
    column(parts, "texts", "right", ({ texts }) => String(texts))
  ]
  const values = [
    column(parts, "bias", "left", ({ bias }) => number(bias, difference)),
    column(parts, "kappa", "left", ({ kappa }) => number(kappa)),
    column(parts, "Spearman", "left", ({ spearman }) => number(spearman))
  ]
  return [
    "",
    ...wrapped(heading, width - 2).map((line) => `  ${line}`),
    ...splitTable(keys, values, width).flat()
  ]
}

const dimensionLines = (entry: DimensionAgreement, width: number): readonly string[] => {
  const { instrument, dimension, scale, panels, raters } = entry
  const ceiling = panels.map(
    ({ panel, people, among }): Line => ({
      who:
        panel === UNNAMED ? `one of ${counted(people, "person", "people")}` : `one of ${people} (${panel})`,
      against: "the others",
      texts: among.shared,
      kappa: number(among.kappa),
      pairs: number(among.kappaPairs),
      spearman: number(among.spearman),
      consistency: number(among.iccConsistency),
      agreement: number(among.iccAgreement),
      alpha: number(among.alpha),
      bias: "–"
    })
  )
  const lines = [...raters.flatMap(lineOf), ...ceiling]
  const out = ["", `${instrument}, ${dimension} (${scale.minimum} to ${scale.maximum})`]
  for (const { label: rater, panel, kind, verdict } of raters) {
    if (kind === "human") continue
    out.push(
      ...wrapped(
        `${visible(rater)} (${kind}) against ${panel}: ${standingText[verdict.standing].toUpperCase()}${verdict.narrow ? ", narrowly" : ""}: ${visible(verdict.reason)}`,
        width - 4
      ).map((line, i) => `${i === 0 ? "  " : "    "}${line}`)
    )
  }
  const keys = [
    column(lines, "rater", "left", (line) => line.who),
    column(lines, "against", "left", (line) => line.against)
  ]
  const values = [
    column(lines, "texts", "right", (line) => String(line.texts)),
    column(lines, "kappa", "left", (line) => line.kappa),
    column(lines, "kappa, by pairs", "left", (line) => line.pairs),
    column(lines, "Spearman", "left", (line) => line.spearman),
    column(lines, "bias", "left", (line) => line.bias),
    column(lines, "ICC consistency", "left", (line) => line.consistency),
    column(lines, "ICC agreement", "left", (line) => line.agreement),
    column(lines, "alpha", "left", (line) => line.alpha)
  ].filter(({ cells }) => cells.some((cell) => cell !== "–"))
  out.push(...splitTable(keys, values, width).flatMap((table) => ["", ...table]))
  for (const { label: rater, panel, kind, result } of raters) {
    if (!result.ok || kind === "human") continue
    out.push(
      ...partLines(`${visible(rater)} against ${panel}, by source`, result.value.bySource, width),
      ...partLines(`${visible(rater)} against ${panel}, by length`, result.value.byLength, width)
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
  calibrated: readonly string[],
  columns: number
): string => {
  const width = Math.min(200, Math.max(60, columns))
  const said = (line: string): readonly string[] => (line === "" ? [""] : wrapped(line, width))
  return `${[
    `Agreement in run ${run}`,
    ...dimensions.filter(({ panels }) => panels.length > 0).flatMap((entry) => dimensionLines(entry, width)),
    ...unrated(dimensions).flatMap(said),
    ...leftOutLines(excluded).flatMap(said),
    "",
    ...said(
      `Usable: Spearman at least ${thresholds.spearman}, kappa at least ${thresholds.kappa} and a bias of at most ${thresholds.bias} of the scale, on at least ${thresholds.texts} texts (a study file sets these under agreement:; --study FILE takes it).`
    ),
    ...said(
      "Kappa: against the people's median, quadratic weights on values; by pairs: against each person alone, averaged. Bias, Spearman and ICC: against the people's mean."
    ),
    ...said(
      "Alpha: single ratings, the rater's as one more. Intervals leave out whole posts and hold for the people who rated. Kappas with linear weights and with weights on ranks are in --json."
    ),
    ...(calibrated.length === 0 ? [] : ["", ...calibrated.flatMap(said)])
  ].join("\n")}\n`
}
