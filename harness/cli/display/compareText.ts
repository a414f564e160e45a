/** A comparison for a terminal. */
import type { Comparison, MetricComparison } from "../../gate/Comparison.ts"
import { wrapped } from "../../leaderboard/displayWidth.ts"
import { count, counted, difference, listed, points, probability } from "../../leaderboard/formatNumber.ts"
import { visible, visibleLines } from "../../leaderboard/visible.ts"
import { alignedTable, column } from "./alignedTable.ts"

const none = "–"

const between = (lower: number | null, upper: number | null): string =>
  lower === null || upper === null ? none : `[${difference(lower)}, ${difference(upper)}]`

/** The sources' names, with their runs where these differ. */
const names = ({ a, b }: MetricComparison): readonly [string, string] =>
  a.run === b.run ? [a.source, b.source] : [`${a.run}:${a.source}`, `${b.run}:${b.source}`]

const raters = ({ raterKind, raters }: MetricComparison): string =>
  raterKind === "human" ? "HUMAN, people" : `${raterKind.toUpperCase()} ${listed(raters)}`

const verdict = (one: MetricComparison): string => {
  const [a, b] = names(one)
  if (one.difference === null)
    return `${b} and ${a} have ${counted(one.posts, "scored post")} in common: two are needed.`
  const { estimate, lower, upper } = one.difference
  if (lower === 0 && upper === 0) return `${b} and ${a} score the same.`
  const size = `${difference(estimate)} points, 95 % interval ${between(lower, upper)}`
  if (lower > 0) return `${b} is above ${a}: ${size}.`
  if (upper < 0) return `${b} is below ${a}: ${size}.`
  return `${b} and ${a} are not distinguishable: ${size}.`
}

/** Of one source in two runs: whether it is the same, and if not, in what it differs. */
const versions = ({ a, b }: MetricComparison): readonly string[] => {
  if (a.run === b.run) return []
  const said = (side: MetricComparison["a"]) =>
    `${side.plugin} ${side.version}${side.model === "" || side.model === side.plugin ? "" : `, ${side.model}`}`
  return [said(a) === said(b) ? `both are ${said(a)}` : `first: ${said(a)}; second: ${said(b)}`]
}

/** A text under its head, behind a bar, so that no line of it can be taken for one of this program's. */
const quoted = (head: string, text: string, width: number): readonly string[] => [
  `    ${visible(head)}`,
  ...visibleLines(text === "" ? "(no text)" : text)
    .split("\n")
    .flatMap((line) => (line.trim() === "" ? [""] : wrapped(line, width - 6)))
    .map((line) => `    │ ${line}`.trimEnd())
]

const changes = (one: MetricComparison, width: number): readonly string[] => {
  if (one.largest.length === 0) return []
  const [a, b] = names(one)
  const head = (name: string, { score, texts }: MetricComparison["largest"][number]["a"]) =>
    `${name}, ${points(score)}${texts > 1 ? ` on average over ${count(texts)} texts, of which the first` : ""}`
  return [
    "",
    "  Largest changes",
    ...one.largest.flatMap((post) => [
      "",
      `  ${visible(`${post.suite}/${post.post}`)}  ${difference(post.change)}  ${visible(post.title)}`.trimEnd(),
      ...quoted(head(a, post.a), post.a.text, width),
      ...quoted(head(b, post.b), post.b.text, width)
    ])
  ]
}

const section = (one: MetricComparison, several: boolean, width: number): readonly string[] => {
  const [a, b] = names(one)
  const { posts, onlyA, onlyB, domains } = one
  const alone = [
    ...(onlyA === 0 ? [] : [`${counted(onlyA, "post")} only ${a} has`]),
    ...(onlyB === 0 ? [] : [`${counted(onlyB, "post")} only ${b} has`])
  ]
  const adjusted = several
    ? `p ${probability(one.p).replace(/^(?=\d)/, "= ")}, adjusted for all comparisons here ${probability(one.pAdjusted)}`
    : `p ${probability(one.p).replace(/^(?=\d)/, "= ")}`
  return [
    ...wrapped(visible(verdict(one)), width),
    `  ${visible(`${one.metric}${one.turned ? " (turned round: less of it is better)" : ""}, scale ${one.scale.minimum} to ${one.scale.maximum}, condition ${one.condition}, rated by ${raters(one)}`)}`,
    `  ${visible(`${counted(posts, "post")} on both sides${alone.length === 0 ? "" : `; left out: ${listed(alone)}`}; ${adjusted}`)}`,
    ...versions(one).map((line) => `  ${visible(line)}`),
    `  ${visible(`means ${one.meanA === null ? none : points(one.meanA)} (${a}) and ${one.meanB === null ? none : points(one.meanB)} (${b}), every domain weighing the same`)}`,
    ...(domains.length < 2
      ? []
      : [
          "",
          ...alignedTable([
            column(domains, "domain", "left", (row) => row.domain),
            column(domains, "second − first", "right", (row) => difference(row.estimate)),
            column(domains, "95 % interval", "left", (row) => between(row.lower, row.upper)),
            column(domains, "posts", "right", (row) => count(row.posts))
          ]),
          "  Domains are exploratory: their intervals are not adjusted for their number."
        ]),
    ...changes(one, width)
  ]
}

/** Each comparison with its verdict, domains and largest changes; notes at the end. */
export const compareText = (result: Comparison, columns: number): string => {
  const width = Math.min(120, Math.max(50, columns))
  const { comparisons, notes } = result
  const proxy = comparisons.some(({ raterKind }) => raterKind === "proxy")
    ? ["A proxy is a formula over the words: it does not measure empathy."]
    : []
  const said = [...notes.map((note) => `Note: ${note}.`), ...proxy].flatMap((note) =>
    wrapped(visible(note), width)
  )
  const sections = comparisons.map((one) => section(one, comparisons.length > 1, width).join("\n"))
  return `${[...sections, ...(said.length === 0 ? [] : [said.join("\n")])].join("\n\n")}\n`
}
