/** Runs of the store as a static site: a page a run with its data beside it, a page a source and a domain, an index. */
import { Effect } from "effect"
import { decodeManifest } from "../../run/Manifest.ts"
import { Runs } from "../../store/Runs.ts"
import { renderBadge } from "../badge.ts"
import { build } from "../build.ts"
import { renderCsv } from "../csv.ts"
import { renderMarkdown } from "../markdown.ts"
import { html, type Markup } from "../markup.ts"
import { readEvidence } from "../page/evidence.ts"
import { renderPage } from "../page.ts"
import { renderDomain } from "./domainPage.ts"
import { renderIndex } from "./indexPage.ts"
import { apartOnPage, linesOf, type SiteRun, withTimes } from "./Line.ts"
import { addressesOf, link, type SiteAddresses, type SitePath } from "./SiteAddresses.ts"
import { home, linkRow } from "./sitePage.ts"
import { renderSource } from "./sourcePage.ts"

/** What a site holds. */
export interface SiteContents {
  /** Newest first. */
  readonly runs: readonly string[]
  readonly sources: readonly string[]
  readonly domains: readonly string[]
  readonly files: readonly SitePath[]
}

const domainsOf = ({ manifest }: SiteRun) => manifest.suites.map(({ domain }) => domain)
const sourcesOf = ({ manifest }: SiteRun) => manifest.sources.map(({ id }) => id)
const sorted = (names: readonly string[]) => [...new Set(names)].sort()

/** The runs of the store that asked the same suites and the same instruments' names as this one; without one, all. */
export const runsLike = Effect.fn("Site.runsLike")(function* (id: string | undefined) {
  const rows = yield* (yield* Runs).list
  const all = yield* Effect.forEach(rows, ({ manifest }) => decodeManifest(manifest))
  if (id === undefined) return all.map(({ run }) => run)
  const suites = (of: (typeof all)[number]) => sorted(of.suites.map(({ name }) => name)).join("\u0000")
  const named = all.find(({ run }) => run === id)!
  const instruments = new Set(named.instruments.map(({ definition }) => definition.name))
  return all
    .filter(
      (other) =>
        suites(other) === suites(named) &&
        other.instruments.some(({ definition }) => instruments.has(definition.name))
    )
    .map(({ run }) => run)
})

/** Links from a run's page to the rest of the site. */
const siteLinks = (run: SiteRun, addresses: SiteAddresses): Markup => {
  const from = addresses.run(run.manifest.run)
  const named = (name: string, to: SitePath) => link(from, to, html`<bdi>${name}</bdi>`)
  const overTime = linkRow("Over time", [
    ...sourcesOf(run).map((name) => named(name, addresses.source(name))),
    ...sorted(domainsOf(run)).map((name) => named(name, addresses.domain(name)))
  ])
  return html`${linkRow("Site", [home(from, addresses)])}<details><summary>Its sources and domains over time</summary>${overTime}</details>`
}

/**
 * Hands every file of the site to `write`, one run's page at a time. Nothing is asked of anyone. The index comes last,
 * so that it never names a page that is not there.
 */
export const makeSite = Effect.fn("Site.make")(function* <E>(
  ids: readonly string[],
  write: (path: SitePath, text: string) => Effect.Effect<void, E>
) {
  const built: Omit<SiteRun, "when">[] = []
  for (const id of ids) {
    const leaderboard = yield* build(id)
    built.push({ leaderboard, manifest: yield* decodeManifest(JSON.stringify(leaderboard.manifest)) })
  }
  const runs = withTimes(built)
  const lines = linesOf(runs)
  const sources = sorted(runs.flatMap(sourcesOf))
  const domains = sorted(runs.flatMap(domainsOf))
  const addresses = addressesOf({ runs: ids, sources, domains })
  const files: SitePath[] = []
  const put = (path: SitePath, text: string) => {
    files.push(path)
    return write(path, text)
  }
  for (const run of runs) {
    const { leaderboard } = run
    const path = addresses.run(leaderboard.run)
    const evidence = yield* readEvidence(leaderboard)
    const page = yield* Effect.promise(() => renderPage(leaderboard, evidence, siteLinks(run, addresses)))
    const beside = path.slice(0, path.lastIndexOf("/") + 1)
    yield* put(`${beside}leaderboard.json`, `${JSON.stringify(leaderboard, null, 2)}\n`)
    yield* put(`${beside}leaderboard.csv`, renderCsv(leaderboard))
    yield* put(`${beside}leaderboard.md`, renderMarkdown(leaderboard))
    yield* put(`${beside}badge.svg`, renderBadge(leaderboard))
    yield* put(path, page)
  }
  for (const source of sources) {
    const page = yield* Effect.promise(() => renderSource(source, lines, addresses))
    yield* put(addresses.source(source), page)
  }
  for (const domain of domains) {
    const page = yield* Effect.promise(() => renderDomain(domain, lines, addresses))
    yield* put(addresses.domain(domain), page)
  }
  yield* put(addresses.index, renderIndex({ runs, lines: apartOnPage(lines), sources, domains }, addresses))
  return { runs: ids, sources, domains, files } satisfies SiteContents
})
