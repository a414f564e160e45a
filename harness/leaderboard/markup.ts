/**
 * HTML by a tagged template that escapes whatever is put into it. Nothing reaches a page but through `html`, so
 * a name, a title or a message cannot become an element or an attribute; there is no second path to forget.
 */
import { visibleLines } from "./visible.ts"

/** Markup that is to stand as it is. Made by `html` and `trusted` alone. */
export class Markup {
  readonly text: string

  private constructor(text: string) {
    this.text = text
  }

  /** @internal */
  static of(text: string): Markup {
    return new Markup(text)
  }
}

/** What may be put into a template. `undefined` and `false` put in nothing; a list puts in each. */
export type Interpolated = string | number | Markup | undefined | false | readonly Interpolated[]

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

/** Text as HTML text or as the value of a quoted attribute, control characters made visible. */
export const escapeHtml = (text: string): string => {
  const seen = visibleLines(text)
  return /[&<>"']/.test(seen) ? seen.replace(/[&<>"']/g, (character) => entities[character]!) : seen
}

// Texts first: a long page puts in hundreds of thousands.
const put = (value: Interpolated): string => {
  if (typeof value === "string") return escapeHtml(value)
  if (value instanceof Markup) return value.text
  if (value === undefined || value === false) return ""
  if (!Array.isArray(value)) return escapeHtml(String(value))
  let out = ""
  for (const each of value) out += put(each)
  return out
}

/** Attributes whose value runs or fetches: no text may choose it, except the part of a link behind `#`. */
const acting = /\b(on\w+|href|src|srcset|srcdoc|style|action|formaction|xlink:href)\s*=\s*"(?!#)[^"]*$/i

const checked = new WeakSet<TemplateStringsArray>()

/** Refuses a template in which escaping would not be enough. An error here is one of this program. */
const check = (parts: TemplateStringsArray): void => {
  let before = ""
  for (const part of parts.slice(0, -1)) {
    before += part
    const tag = before.slice(before.lastIndexOf("<"))
    if (tag.startsWith("<") && !tag.includes(">")) {
      if (tag.split('"').length % 2 === 1) throw new TypeError(`not inside double quotes: ${tag}`)
      if (acting.test(tag)) throw new TypeError(`an attribute that acts: ${tag}`)
    }
    before += "x"
  }
  checked.add(parts)
}

/**
 * A piece of HTML. Texts and numbers put in are escaped, `Markup` is not. Throws a TypeError for a template that
 * puts a value into a tag outside double quotes, or into an attribute that runs or fetches.
 */
export const html = (parts: TemplateStringsArray, ...values: readonly Interpolated[]): Markup => {
  if (!checked.has(parts)) check(parts)
  let out = parts[0]!
  for (let i = 0; i < values.length; i++) out += put(values[i]) + parts[i + 1]!
  return Markup.of(out)
}

/** Markup written elsewhere: a style sheet of this program, an SVG that a DOM has serialised. Never a text. */
export const trusted = (markup: string): Markup => Markup.of(markup)
