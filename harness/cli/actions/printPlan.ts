/** `--dry-run`: what a study would ask, and of whom. */
import { Effect } from "effect"
import type { Plan } from "../../run/Plan.ts"

/** Prints the plan; nothing is opened for writing and nobody is asked. */
export const printPlan = (plan: Plan, json: boolean) =>
  Effect.sync(() => {
    const perSource = plan.calls / plan.sources.length
    if (json) {
      const document = {
        run: plan.runId,
        posts: plan.posts,
        calls: plan.calls,
        sources: plan.sources.map((source) => ({
          id: source.id,
          calls: perSource,
          ignored: source.negotiated.ignored
        })),
        raters: plan.raters.map((rater) => ({ id: rater.id, kind: rater.kind }))
      }
      process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
      return
    }
    const lines = [
      `Run ${plan.runId}: ${plan.posts} posts × ${plan.sources.length} sources × ${plan.conditions.length} conditions × ${plan.study.epochs} epochs = ${plan.calls} answers`,
      ...plan.suites.map(({ suite, posts }) => `  suite   ${suite.header.name}: ${posts} posts`),
      ...plan.sources.map(
        ({ id, negotiated }) =>
          `  source  ${id}: ${perSource} answers${negotiated.ignored.length === 0 ? "" : ` (cannot: ${negotiated.ignored.join(", ")})`}`
      ),
      ...plan.raters.map(({ id, kind }) => `  rater   ${id} (${kind}): ${plan.calls} texts`),
      "Nothing was asked."
    ]
    process.stdout.write(`${lines.join("\n")}\n`)
  })
