/** Strengths of sources by a judge's comparisons, for a terminal. */
import type { PairwiseResult } from "../../leaderboard/comparisons.ts"
import { counted, decimals } from "../../leaderboard/formatNumber.ts"
import { alignedTable, column } from "./alignedTable.ts"

const percent = (share: number) => `${decimals(100 * share, 1)} %`

const nameOf: Readonly<Record<string, string>> = {
  position_a: "(shown first)",
  log_length: "(log of length)",
  log_nu: "(ties)"
}

const one = ({
  judge,
  verdicts,
  unread,
  pairs,
  reversed,
  changed,
  fit
}: PairwiseResult): readonly string[] => {
  const head = [
    `JUDGE ${judge}: a model, not people`,
    `  ${counted(verdicts, "verdict")} on ${counted(pairs, "pair")} in both orders${unread > 0 ? `, ${counted(unread, "verdict")} not read` : ""}`,
    `  With the order turned round ${percent(reversed)} of pairs had the other winner, ${percent(changed)} another verdict.`
  ]
  if (!fit.ok) return [...head, `  Not fitted: ${fit.reason}.`]
  const { coefficients, reference, notes } = fit.value
  const rows = [
    { name: reference, estimate: 0, lower: Number.NaN, upper: Number.NaN },
    ...coefficients.filter(({ name }) => nameOf[name] === undefined)
  ].toSorted((a, b) => b.estimate - a.estimate)
  const all = [...rows, ...coefficients.filter(({ name }) => nameOf[name] !== undefined)]
  return [
    ...head,
    "",
    ...alignedTable([
      column(all, "source", "left", ({ name }) => nameOf[name] ?? name),
      column(all, "log odds", "right", ({ estimate }) => decimals(estimate, 2)),
      column(all, "95 % interval", "right", ({ lower, upper }) =>
        Number.isNaN(lower) ? "reference" : `[${decimals(lower, 2)}, ${decimals(upper, 2)}]`
      )
    ]),
    ...notes.map((note) => `  Note: ${note}.`)
  ]
}

/** All judges' tables. */
export const pairwiseText = (title: string, design: string, results: readonly PairwiseResult[]): string =>
  `${[`${title}, two by two · ${design}`, ...results.flatMap((result) => ["", ...one(result)])].join("\n")}\n`
