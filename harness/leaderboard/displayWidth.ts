/** How many cells a text takes in a terminal, and fitting texts into a number of cells. */

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" })

/** Scripts and forms that terminals draw two cells wide (UAX 11, wide and fullwidth). */
const wide =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\u3000-\u303e\u3200-\u33ff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/u
/** Katakana and Hangul of the half-width block are narrow although their script is not. */
const half = /^[\uff61-\uffdc]/u
/** Drawn as a picture: emoji by nature, made one by U+FE0F, or a flag of two letters. */
const emoji = /^(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Regional_Indicator}{2})/u
/** Takes no cell of its own. */
const empty = /^[\p{Mark}\p{Default_Ignorable_Code_Point}\p{Control}]+$/u

const graphemeWidth = (grapheme: string): number => {
  if (grapheme >= " " && grapheme <= "~") return 1
  if (empty.test(grapheme)) return 0
  return emoji.test(grapheme) || (wide.test(grapheme) && !half.test(grapheme)) ? 2 : 1
}

/** Cells of a text: 2 for a wide character or an emoji, 0 for a mark on its own. */
export const displayWidth = (text: string): number => {
  let cells = 0
  for (const { segment } of graphemes.segment(text)) cells += graphemeWidth(segment)
  return cells
}

/** The text in at most `cells` cells: the end gives way to `…`. */
export const truncated = (text: string, cells: number): string => {
  if (displayWidth(text) <= cells) return text
  let out = ""
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    const width = graphemeWidth(segment)
    if (used + width > cells - 1) break
    out += segment
    used += width
  }
  return `${out}…`
}

/** The text in exactly `cells` cells, cut or filled with spaces. */
export const fitted = (text: string, cells: number, align: "left" | "right" = "left"): string => {
  const cut = truncated(text, cells)
  const fill = " ".repeat(Math.max(0, cells - displayWidth(cut)))
  return align === "left" ? cut + fill : fill + cut
}

const pieces = (word: string, cells: number): string[] => {
  const out: string[] = []
  let piece = ""
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== "" && displayWidth(piece + segment) > cells) {
      out.push(piece)
      piece = ""
    }
    piece += segment
  }
  return [...out, piece]
}

/** Lines of at most `cells` cells, broken at spaces, and inside a word only where it is longer than a line. */
export const wrapped = (text: string, cells: number): string[] => {
  const lines: string[] = []
  let line = ""
  for (const word of text.split(/ +/).filter((part) => part !== "")) {
    if (line !== "" && displayWidth(line) + 1 + displayWidth(word) <= cells) {
      line += ` ${word}`
      continue
    }
    if (line !== "") lines.push(line)
    const parts = displayWidth(word) > cells ? pieces(word, cells) : [word]
    lines.push(...parts.slice(0, -1))
    line = parts.at(-1)!
  }
  return line === "" ? lines : [...lines, line]
}
