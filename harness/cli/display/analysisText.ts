/** An analysis for a terminal. */
import { count, counted, decimals, probability } from "../../leaderboard/formatNumber.ts"
import { visible } from "../../leaderboard/visible.ts"
import type { Analysis } from "../../stats/mixed/Analyze.ts"
import type { Ranks } from "../../stats/mixed/Ranking.ts"
import type { RankSet } from "../../stats/mixed/RankSets.ts"
import type { Contrast } from "../../stats/mixed/Simultaneous.ts"
import { alignedTable, column } from "./alignedTable.ts"

type Ranked = Analysis & Ranks

const none = "–"
const three = (value: number | null) => (value === null ? none : decimals(value, 3))
const one = (value: number | null) => (value === null ? "∞" : decimals(value, 1))
const chance = (p: number | null) => (p === null ? none : probability(p))
const interval = ({ lower, upper }: { readonly lower: number | null; readonly upper: number | null }) =>
  lower === null || upper === null ? none : `[${three(lower)}, ${three(upper)}]`

const adjustment: Record<Analysis["adjust"], string> = {
  tukey: "adjusted by Tukey's method",
  holm: "p adjusted by Holm's method, intervals by Bonferroni's",
  bonferroni: "adjusted by Bonferroni's method",
  none: "not adjusted for their number"
}

const components = (analysis: Analysis): readonly string[] => {
  const rows = Object.entries(analysis.varcomp)
  const total = rows.reduce((sum, [, value]) => sum + value, 0)
  return alignedTable([
    column(rows, "variance", "left", ([name]) => name),
    column(rows, "levels", "right", ([name]) =>
      analysis.ngrps[name] === undefined ? "" : count(analysis.ngrps[name])
    ),
    column(rows, "estimate", "right", ([, value]) => decimals(value, 4)),
    column(rows, "SD", "right", ([, value]) => three(Math.sqrt(value))),
    column(rows, "share", "right", ([, value]) =>
      total > 0 ? `${decimals((100 * value) / total, 1)} %` : none
    )
  ])
}

/** The reasons for what is missing, once each. */
const reasons = (rows: readonly { readonly reason?: string }[]): readonly string[] => [
  ...new Set(rows.flatMap(({ reason }) => (reason === undefined ? [] : [reason])))
]

const rankText = ({ best, worst }: RankSet) => (best === worst ? `${best}` : `${best}–${worst}`)

/** Why there are no ranks, where the model that ranks was asked for. */
const rankNote = ({ model, ranks, distinguishable, not_ranked }: Ranked): readonly string[] => {
  if (model !== "ranking") return []
  if (ranks === null) return [`  Not ranked: ${not_ranked.join("; ")}.`]
  return distinguishable ? [] : ["  The sources are not distinguishable."]
}

const undecided = (analysis: Ranked) => (row: Contrast) =>
  row.p_adjusted !== null && row.p_adjusted >= 1 - analysis.confidence

/** Formula, means, differences, coefficients and variances, with what has to be said about them. */
export const analysisText = (analysis: Ranked): string => {
  const { emmeans, contrasts, coefficients, anova, ranks } = analysis
  const percent = `${100 * analysis.confidence} %`
  const open = undecided(analysis)
  const df =
    analysis.df_method === "satterthwaite" ? "Satterthwaite's degrees of freedom" : "normal distribution"
  const out = [
    visible(analysis.formula),
    `${counted(analysis.n, "rating")}, model ${analysis.model}, ${analysis.method === "reml" ? "REML" : "maximum likelihood"}, ${df}`,
    `log-likelihood ${three(analysis.logLik)}, AIC ${three(analysis.AIC)}, BIC ${three(analysis.BIC)}${analysis.singular ? "; the fit is singular" : ""}`,
    "",
    "Means of the sources",
    ...alignedTable([
      column(emmeans, "source", "left", (row) => row.source),
      column(emmeans, "mean", "right", (row) => three(row.emmean)),
      column(emmeans, "SE", "right", (row) => three(row.SE)),
      column(emmeans, "df", "right", (row) => one(row.df)),
      column(emmeans, `${percent} interval`, "left", interval),
      ...(ranks === null ? [] : [column(ranks, "ranks", "left", rankText)])
    ]),
    ...rankNote(analysis)
  ]
  if (contrasts.length > 0) {
    out.push(
      "",
      `Differences, ${adjustment[analysis.adjust]}`,
      ...alignedTable([
        column(contrasts, "contrast", "left", (row) => row.contrast),
        column(contrasts, "estimate", "right", (row) => three(row.estimate)),
        column(contrasts, "SE", "right", (row) => three(row.SE)),
        column(contrasts, "df", "right", (row) => one(row.df)),
        column(contrasts, `${percent} interval`, "left", interval),
        column(contrasts, analysis.df_method === "satterthwaite" ? "t" : "z", "right", (row) => three(row.t)),
        column(contrasts, "p adjusted", "right", (row) => chance(row.p_adjusted)),
        ...(contrasts.some(open)
          ? [
              column(contrasts, "detectable", "right", (row) =>
                open(row) ? three(row.minimum_detectable) : ""
              )
            ]
          : [])
      ])
    )
    if (contrasts.some(open))
      out.push(
        "  detectable: a true difference of this size is found four times in five; a smaller one may be there unseen."
      )
  }
  if (anova !== null) {
    out.push(
      `  All sources alike: F(${anova.NumDF}, ${one(anova.DenDF)}) = ${three(anova.F)}, p ${anova.p < 0.001 ? "" : "= "}${probability(anova.p)}`
    )
  }
  out.push(
    "",
    "Coefficients",
    ...alignedTable([
      column(coefficients, "term", "left", (row) => row.term),
      column(coefficients, "estimate", "right", (row) => three(row.estimate)),
      column(coefficients, "SE", "right", (row) => three(row.SE)),
      column(coefficients, "df", "right", (row) => one(row.df)),
      column(coefficients, "t", "right", (row) => three(row.t)),
      column(coefficients, "p", "right", (row) => chance(row.p))
    ]),
    "",
    "Variances",
    ...components(analysis)
  )
  const notes = [...analysis.notes, ...reasons([...emmeans, ...contrasts])]
  if (notes.length > 0) out.push("", ...notes.map((note) => `Note: ${visible(note)}`))
  return `${out.join("\n")}\n`
}
