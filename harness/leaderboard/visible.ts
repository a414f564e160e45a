/**
 * Text from models, people and files, safe to put on one line of a terminal, a table or a page: what would act
 * instead of show (escape sequences, line breaks, the marks that turn the direction of reading) becomes a sign.
 */

const replacement = "\uFFFD"

/** Whether a character acts on its surroundings without showing: C1 controls, direction marks, fillers. */
const acts = (code: number): boolean =>
  (code >= 0x80 && code <= 0x9f) ||
  code === 0x61c ||
  code === 0x200b ||
  (code >= 0x200e && code <= 0x200f) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x206f) ||
  code === 0xfeff ||
  (code >= 0xfff9 && code <= 0xfffb)

// Whatever `shown` may change, and surrogates, which it has to look at in pairs: nearly no text has any of it.
const suspect =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]/

const shown = (text: string, keepLines: boolean): string => {
  if (!suspect.test(text) && (keepLines || !text.includes("\n"))) return text
  let out = ""
  // Half a surrogate pair is not a character; writers of UTF-8 would replace it one by one.
  for (const character of text.toWellFormed()) {
    const code = character.codePointAt(0)!
    if (code === 0x0a && keepLines) out += "\n"
    else if (code === 0x09 || code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) out += " "
    else if (code < 0x20) out += String.fromCodePoint(0x2400 + code)
    else if (code === 0x7f) out += "\u2421"
    else if (acts(code)) out += replacement
    else out += character
  }
  return out
}

/**
 * One line of plain text: control characters as their pictures (ESC becomes ␛), line breaks and tabs as
 * spaces, marks that reorder or hide text as `�`.
 */
export const visible = (text: string): string => shown(text, false)

/** As `visible`, with line breaks kept. */
export const visibleLines = (text: string): string => shown(text.replaceAll("\r\n", "\n"), true)
