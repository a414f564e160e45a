/** The report on a study's power for a terminal. */
import { count, counted, decimals } from "../../leaderboard/formatNumber.ts"
import type { PowerReport } from "../../stats/design/Power.ts"
import { alignedTable, column } from "./alignedTable.ts"

const three = (value: number) => decimals(value, 3)
const percent = (share: number) => `${decimals(100 * share, 1)} %`

const parts: Record<keyof PowerReport["varianceShares"], string> = {
  postSource: "sources differing by post",
  text: "texts",
  raterSource: "raters leaning to sources",
  residual: "single ratings"
}

const simulated = (report: PowerReport): readonly string[] => {
  const { simulation, effect } = report
  if (simulation === undefined) return []
  if ("reason" in simulation) return [`Not simulated: ${simulation.reason}.`]
  const { power, powerSe, meanEstimate, runs, failed } = simulation
  return [
    `${counted(runs, "simulated study", "simulated studies")}: ${percent(power)} (± ${percent(1.96 * powerSe)}) find ${effect === undefined ? "a difference where there is none" : `the effect, estimated as ${three(meanEstimate)} on average`}${failed > 0 ? `; ${failed} could not be analysed` : ""}.`
  ]
}

/** Design, what it can detect, where the uncertainty comes from, and what other sizes would buy. */
export const powerText = (report: PowerReport): string => {
  const { design, exact, effect, powerAtEffect, tradeOff } = report
  const texts = design.epochs > 1 ? ` × ${design.epochs} texts` : ""
  const shares = Object.entries(report.varianceShares) as [keyof typeof parts, number][]
  const atEffect = tradeOff.filter(({ powerAtEffect }) => powerAtEffect !== undefined)
  return `${[
    `${counted(design.posts, "post")} × ${counted(design.sources, "source")}${texts}, ${counted(design.raters, "rater")} with ${counted(design.ratingsPerRater, "text")} each: ${counted(design.ratings, "rating")}, ${decimals(design.ratingsPerText, 1)} a text`,
    `Error level ${Number(report.alpha.toPrecision(4))} (two-sided) for the difference of two sources`,
    "",
    `Standard error       ${three(report.standardError)} (${decimals(report.degreesOfFreedom, 1)} degrees of freedom)`,
    `Smallest detectable  ${three(report.minimumDetectableEffect)} with power ${percent(report.power)}`,
    ...(effect === undefined || powerAtEffect === undefined
      ? []
      : [`Power for ${three(effect)}      ${percent(powerAtEffect)}`]),
    "reason" in exact
      ? `Not computed exactly: ${exact.reason}.`
      : `Exactly, by generalised least squares: standard error ${three(exact.standardError)}, smallest detectable ${three(exact.minimumDetectableEffect)}`,
    ...simulated(report),
    "",
    "The variance of a difference comes from",
    ...alignedTable([
      column(shares, "part", "left", ([name]) => parts[name]),
      column(shares, "share", "right", ([, share]) => percent(share))
    ]),
    "",
    "What other sizes can detect",
    ...alignedTable([
      column(tradeOff, "posts", "right", (row) => count(row.posts)),
      column(tradeOff, "raters", "right", (row) => count(row.raters)),
      column(tradeOff, "ratings", "right", (row) => count(row.ratings)),
      column(tradeOff, "a text", "right", (row) => decimals(row.ratingsPerText, 1)),
      column(tradeOff, "SE", "right", (row) => three(row.standardError)),
      column(tradeOff, "smallest", "right", (row) => three(row.minimumDetectableEffect)),
      ...(atEffect.length === tradeOff.length && tradeOff.length > 0
        ? [column(tradeOff, "power", "right", (row) => percent(row.powerAtEffect!))]
        : [])
    ]),
    "",
    `${report.advice[0]!.toUpperCase()}${report.advice.slice(1)}.`
  ].join("\n")}\n`
}
