/** When a table of human ratings must not be ranked, and why. */
import type { Columns } from "./NamedModels.ts"

/** The least a table needs. Those of a study stand in its file. */
export interface Thresholds {
  readonly posts: number
  readonly raters: number
  /** Different raters of the typical (median) text. */
  readonly ratersPerText: number
}

/** 30 posts, 20 raters, 3 raters a text. */
export const defaults: Thresholds = { posts: 30, raters: 20, ratersPerText: 3 }

/** How well the ratings cover sources, posts and raters. Rows with a missing value do not count. */
export interface Coverage {
  readonly ratings: number
  readonly sources: number
  readonly posts: number
  readonly raters: number
  /** Texts: post × source, and response where the column is given. */
  readonly texts: number
  /** Median and least number of different raters a text. */
  readonly medianRaters: number
  readonly leastRaters: number
  /** Parts of the graph that joins a rater with each source they rated; more than 1: disconnected. */
  readonly components: number
}

/** Counts. */
export const coverage = (columns: Columns): Coverage => {
  const ids = [columns.source, columns.rater, columns.post, ...(columns.domain ? [columns.domain] : [])]
  const rows = [...columns.rating.keys()].filter(
    (i) => Number.isFinite(columns.rating[i]) && ids.every((id) => id[i] !== "")
  )
  const texts = new Map<string, Set<string>>()
  const parent = new Map<string, string>()
  const root = (node: string): string => {
    let top = node
    for (let up = parent.get(top); up !== undefined && up !== top; up = parent.get(top)) top = up
    parent.set(node, top)
    return top
  }
  for (const i of rows) {
    const text = JSON.stringify([columns.post[i], columns.source[i], columns.response?.[i] ?? ""])
    const raters = texts.get(text) ?? new Set()
    texts.set(text, raters.add(columns.rater[i]!))
    const source = root(`source ${columns.source[i]}`)
    parent.set(root(`rater ${columns.rater[i]}`), source)
  }
  const sizes = [...texts.values()].map((raters) => raters.size).sort((a, b) => a - b)
  const middle = Math.floor(sizes.length / 2)
  const median =
    sizes.length % 2 === 1 ? sizes[middle]! : ((sizes[middle - 1] ?? 0) + (sizes[middle] ?? 0)) / 2
  const distinct = (values: ReadonlyArray<string>) => new Set(rows.map((i) => values[i]!)).size
  return {
    ratings: rows.length,
    sources: distinct(columns.source),
    posts: distinct(columns.post),
    raters: distinct(columns.rater),
    texts: texts.size,
    medianRaters: median,
    leastRaters: sizes[0] ?? 0,
    components: new Set([...parent.keys()].map(root)).size
  }
}

/** Reasons not to rank, as sentences; none means that the table may be ranked. */
export const reasons = (
  seen: Coverage,
  model: { readonly converged: boolean } | undefined,
  least: Thresholds = defaults
): ReadonlyArray<string> => {
  const found: Array<string> = []
  if (seen.ratings === 0) return ["there are no ratings"]
  if (seen.sources < 2) found.push("there is one source: nothing to rank")
  if (seen.posts < least.posts)
    found.push(`${seen.posts} posts are fewer than the ${least.posts} a ranking needs`)
  if (seen.raters < least.raters)
    found.push(`${seen.raters} raters are fewer than the ${least.raters} a ranking needs`)
  if (seen.medianRaters < least.ratersPerText)
    found.push(
      `the typical text has ${seen.medianRaters === 1 ? "1 rater" : `${seen.medianRaters} raters`}, a ranking needs ${least.ratersPerText}`
    )
  if (seen.components > 1)
    found.push(`raters and sources fall into ${seen.components} groups with no rating between them`)
  if (model === undefined) found.push("the model could not be fitted")
  else if (!model.converged) found.push("the model did not converge")
  return found
}
