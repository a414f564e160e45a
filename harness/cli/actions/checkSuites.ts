/** `warmline suite check`. */
import { Effect, Stream } from "effect"
import { Catalog } from "../../catalog/Catalog.ts"
import { checkSuites as check, type Finding, type Spread, spreadOf } from "../../catalog/checkSuite.ts"
import { counted } from "../../leaderboard/formatNumber.ts"
import type { SuiteCheckOptions } from "../commands/suite.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import * as layers from "../layers.ts"

const counts = (record: Readonly<Record<string, number>>) =>
  Object.entries(record)
    .map(([name, n]) => `${name} ${n}`)
    .join(", ")

const spreadLines = (spread: Spread): readonly string[] => [
  `${spread.suite}: ${spread.posts} posts`,
  `  words         ${spread.words.min} to ${spread.words.max}, median ${spread.words.median}`,
  ...(spread.readingEase
    ? [
        `  reading ease  ${spread.readingEase.min} to ${spread.readingEase.max}, median ${spread.readingEase.median} (Flesch; 100 is very easy)`
      ]
    : []),
  `  severity      ${counts(spread.severity)}`,
  `  seeks         ${counts(spread.seeks)}`,
  `  fault         ${counts(spread.fault)}`,
  `  crisis        ${spread.crisis}`,
  `  emotions      ${spread.emotions
    .slice(0, 8)
    .map(([name, n]) => `${name} ${n}`)
    .join(", ")}`
]

const findingLine = ({ level, suite, post, reason }: Finding) =>
  `${level.padEnd(7)}  ${suite}${post === "" ? "" : `/${post}`}: ${reason}`

/** Findings of one level in one suite that are printed; a large import has hundreds of one kind. */
const printed = 12

const findingLines = (findings: readonly Finding[]): readonly string[] =>
  [...Map.groupBy(findings, ({ level, suite }) => `${level} ${suite}`).values()].flatMap((group) => [
    ...group.slice(0, printed).map(findingLine),
    ...(group.length > printed
      ? [
          `${group[0]!.level.padEnd(7)}  ${group[0]!.suite}: and ${group.length - printed} more; --json has all`
        ]
      : [])
  ])

/** Reads the named suites (all shipped ones by default), prints findings and spreads; errors exit with 1. */
export const checkSuites = (given: SuiteCheckOptions) =>
  Effect.gen(function* () {
    const catalog = yield* Catalog
    const names = given.folders.length > 0 ? given.folders : yield* catalog.names("suites")
    const suites = yield* Effect.forEach(names, (name) =>
      Effect.gen(function* () {
        const suite = yield* catalog.suite(name, process.cwd())
        return { header: suite.header, posts: yield* Stream.runCollect(suite.posts) }
      })
    )
    const findings = check(suites)
    const spreads = suites.map(spreadOf)
    const errors = findings.filter((finding) => finding.level === "error").length
    const posts = suites.reduce((sum, suite) => sum + suite.posts.length, 0)
    yield* Effect.sync(() => {
      if (given.json) {
        process.stdout.write(`${JSON.stringify({ posts, errors, findings, spreads }, null, 2)}\n`)
        return
      }
      const lines = [
        ...spreads.flatMap(spreadLines),
        "",
        ...findingLines(findings),
        `${counted(posts, "post")} in ${counted(suites.length, "suite")}: ${counted(errors, "error")}, ${counted(findings.length - errors, "warning")}`,
        "Duplicates are found by the share of common five-word runs (Jaccard), from 10 % on."
      ]
      process.stdout.write(`${lines.join("\n")}\n`)
    })
    if (errors > 0) return yield* new ExitWith({ code: codes.failed })
  }).pipe(Effect.provide(layers.library))
