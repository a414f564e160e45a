/** Patterns of column names, such as `Q{item}_{dimension}`: which columns match, and what their parts say. */

/** What a matching column's name says, by part. */
export type Parts = Readonly<Record<string, string>>

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

/**
 * Reads column names by a pattern. A part with `known` values matches only these, the longest first; another one
 * matches what lies between its neighbours. Blanks and case in the fixed part count.
 */
export const columnPattern = (
  pattern: string,
  known: Readonly<Record<string, readonly string[]>>
): ((column: string) => Parts | undefined) => {
  const names: string[] = []
  const source = pattern
    .split(/(\{[A-Za-z][A-Za-z0-9_-]*\})/)
    .map((piece) => {
      if (!/^\{.+\}$/.test(piece)) return escaped(piece)
      const name = piece.slice(1, -1)
      names.push(name)
      const values = known[name]
      return values === undefined
        ? "(.+?)"
        : `(${[...values]
            .sort((a, b) => b.length - a.length)
            .map(escaped)
            .join("|")})`
    })
    .join("")
  const expression = new RegExp(`^${source}$`)
  return (column) => {
    const match = expression.exec(column)
    return match === null
      ? undefined
      : Object.fromEntries(names.map((name, index) => [name, match[index + 1]!]))
  }
}

/** Names of a pattern's parts. */
export const partsOf = (pattern: string): readonly string[] =>
  [...pattern.matchAll(/\{([A-Za-z][A-Za-z0-9_-]*)\}/g)].map((match) => match[1]!)
