/** JSON in an answer, wherever it stands and however loosely it is written. */

/** A value with the place of its text. */
export interface Found {
  /** `undefined`: it has the look of JSON and cannot be read. */
  readonly value: unknown
  readonly from: number
  readonly to: number
}

/** The end of the bracket that opens at `from`, strings and escapes minded; `undefined` when it never closes. */
const closing = (text: string, from: number): number | undefined => {
  let depth = 0
  let inside = false
  for (let at = from; at < text.length; at++) {
    const char = text[at]!
    if (inside) {
      if (char === "\\") at++
      else if (char === '"') inside = false
    } else if (char === '"') inside = true
    else if (char === "{" || char === "[") depth++
    else if (char === "}" || char === "]") {
      depth--
      if (depth === 0) return at + 1
    }
  }
  return undefined
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Python's and JavaScript's ways of writing it: single quotes, bare keys, comments, commas before the end. */
const loosely = (text: string): unknown => {
  const noComments = text.replaceAll(/\/\*.*?\*\/|(?<!:)\/\/[^\n]*|(?<=[,{[]\s*)#[^\n]*/gs, "")
  const tidy = (noComments.includes('"') ? noComments : noComments.replaceAll(/[“”„]/g, '"'))
    .replaceAll(/,(\s*[}\]])/g, "$1")
    .replaceAll(/(?<=:\s*)\+(?=\d)/g, "")
    .replaceAll(/\bNone\b/g, "null")
    .replaceAll(/\bTrue\b/g, "true")
    .replaceAll(/\bFalse\b/g, "false")
    .replaceAll(/([{,]\s*)([\p{L}_][\p{L}\p{N}_-]*)\s*:/gu, '$1"$2":')
  const doubled = tidy.replaceAll(
    /(?<=[{[,:]\s*)'((?:[^'\\\n]|\\.|'(?!\s*[,:}\]]))*)'(?=\s*[,:}\]])/g,
    (_, inner: string) => JSON.stringify(inner.replaceAll("\\'", "'"))
  )
  // A line break inside a string is not JSON, but models write it.
  const broken = doubled.replaceAll(/"(?:[^"\\]|\\.)*"/gs, (string) => string.replaceAll("\n", "\\n"))
  return parse(tidy) ?? parse(doubled) ?? parse(broken)
}

/** All outermost objects of a text in order. One that never closes is there with its beginning and no value. */
export const jsonObjects = (text: string): readonly Found[] => {
  const found: Found[] = []
  let at = text.indexOf("{")
  while (at >= 0) {
    const end = closing(text, at)
    const to = end ?? text.length
    const part = text.slice(at, to)
    // Braces without a key are not JSON: LaTeX has them too.
    if (part.includes(":"))
      found.push({ value: end === undefined ? undefined : (parse(part) ?? loosely(part)), from: at, to })
    at = text.indexOf("{", to)
  }
  return found
}
