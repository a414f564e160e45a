/** Where the pages of a site are: addresses made of slugs alone, whatever a run, a source or a domain is called. */
import { html, type Interpolated, type Markup, trusted } from "../markup.ts"
import { slugs } from "../slug.ts"

/** A file of the site, its folders divided by `/`. */
export type SitePath = string

/** The addresses of a site. A name that the site has no page for throws a TypeError. */
export interface SiteAddresses {
  readonly index: SitePath
  /** The folder of a run: its page with its data beside it. */
  readonly run: (id: string) => SitePath
  readonly source: (name: string) => SitePath
  readonly domain: (name: string) => SitePath
}

/** What an address may be made of: no scheme, no way up, nothing that has to be encoded. */
const safe = /^(?:[a-z0-9]+(?:(?:[._-]|--)[a-z0-9]+)*\/)*[a-z0-9]+(?:(?:[._-]|--)[a-z0-9]+)*$/
const anchorOnly = /^[A-Za-z0-9._-]+$/

const finder = (names: Iterable<string>, path: (slug: string) => SitePath) => {
  const known = slugs(names)
  return (name: string): SitePath => {
    const found = known.get(name)
    if (found === undefined) throw new TypeError(`the site has no page for ${name}`)
    return path(found)
  }
}

/** The addresses of these names. Each stays the same as long as its name does, whatever else the site holds. */
export const addressesOf = (names: {
  readonly runs: Iterable<string>
  readonly sources: Iterable<string>
  readonly domains: Iterable<string>
}): SiteAddresses => ({
  index: "index.html",
  run: finder(names.runs, (slug) => `leaderboards/${slug}/index.html`),
  source: finder(names.sources, (slug) => `sources/${slug}.html`),
  domain: finder(names.domains, (slug) => `domains/${slug}.html`)
})

/** The way from one page to another; it works from disk and below any folder of a host. */
const relative = (from: SitePath, to: SitePath): string => `${"../".repeat(from.split("/").length - 1)}${to}`

/** A link from the page `from` to the page `to`, to a place on it if there is an `anchor`. */
export const link = (from: SitePath, to: SitePath, content: Interpolated, anchor?: string): Markup => {
  if (!safe.test(to) || (anchor !== undefined && !anchorOnly.test(anchor))) {
    throw new TypeError(`not an address of this site: ${to}`)
  }
  const href = relative(from, to) + (anchor === undefined ? "" : `#${anchor}`)
  return trusted(`<a href="${href}">${html`${content}`.text}</a>`)
}
