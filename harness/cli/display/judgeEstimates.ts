/** What judging would ask and cost, in words and in JSON. */
import { Effect } from "effect"
import type { JudgeEstimate } from "../../judge/estimateJudging.ts"

const count = (n: number) => n.toLocaleString("en")

/** Dollars, where they are known. */
export const money = (cost: number | undefined) =>
  cost === undefined ? "price unknown" : `about $${cost.toFixed(2)}`

/** One line a judge: what it rates, in how many calls, for how much, and whom it leaves out. */
export const judgeLine = (estimate: JudgeEstimate): string => {
  const { judge, texts, calls, inputTokens, outputTokens, cost, excluded, own, ignored } = estimate
  const notes = [
    ...(excluded.length > 0 ? [`does not rate its own family: ${excluded.join(", ")}`] : []),
    ...(own.length > 0 ? [`rates its own family too: ${own.join(", ")}`] : []),
    ...(ignored.length > 0 ? [`cannot: ${ignored.join(", ")}`] : [])
  ]
  return `  judge   ${judge}: ${count(texts)} texts in ${count(calls)} calls, about ${count(inputTokens)} tokens in, ${count(outputTokens)} out, ${money(cost)}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}`
}

/** The same for `--json`: an unknown price is null. */
export const judgeJson = (estimate: JudgeEstimate) => ({
  ...estimate,
  cost: estimate.cost ?? null,
  batchCost: estimate.batchCost ?? null
})

/** Dollars of several, or `undefined` when one of them is not known. */
export const totalOf = (costs: readonly { readonly cost: number | undefined }[]): number | undefined =>
  costs.some(({ cost }) => cost === undefined)
    ? undefined
    : costs.reduce((sum, { cost }) => sum + (cost ?? 0), 0)

/** `about $4.00, or about $2.00 with --batch`; one price where batches change nothing. */
export const bothWays = (
  estimates: readonly { readonly cost: number | undefined; readonly batchCost: number | undefined }[]
): string => {
  const single = totalOf(estimates)
  const batched = totalOf(estimates.map(({ batchCost }) => ({ cost: batchCost })))
  return single === batched ? money(single) : `${money(single)}, or ${money(batched)} with --batch`
}

/** Prints what judging a stored run would take. */
export const printEstimates = (run: string, estimates: readonly JudgeEstimate[], json: boolean) =>
  Effect.sync(() => {
    const total = totalOf(estimates)
    process.stdout.write(
      json
        ? `${JSON.stringify({ run, judges: estimates.map(judgeJson), cost: total ?? null }, null, 2)}\n`
        : `${[
            `Run ${run}: verdicts that are not there yet`,
            ...estimates.map(judgeLine),
            `In all ${bothWays(estimates)}. Tokens are estimated at four characters each.`,
            "Nothing was asked."
          ].join("\n")}\n`
    )
  })
