/** Names of places in the page, from names that may hold anything: what a link behind `#` points at. */

const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .slice(0, 60)

/** Hands out names that are valid in a link and unique within one page. */
export const makeAnchors = (): ((...parts: readonly string[]) => string) => {
  const taken = new Set<string>()
  return (...parts) => {
    const wanted = parts.map(plain).join("-")
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted}-${n}`
    taken.add(name)
    return name
  }
}
