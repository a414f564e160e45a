/** One form for the many ways of writing digits and punctuation, so that a verdict is read the same in any script. */

/** Where the decimal digits of each script begin: Arabic, Persian, Devanagari, Thai, full-width … */
const zeros = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6,
  0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6
]

const digitOf = (point: number): string | undefined => {
  const zero = zeros.find((start) => point >= start && point < start + 10)
  return zero === undefined ? undefined : String(point - zero)
}

const marks: Readonly<Record<string, string>> = {
  "\u3000": " ",
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " ",
  "。": ".",
  "、": ",",
  "٫": ".",
  "٬": ",",
  "،": ",",
  "؟": "?",
  "⁄": "/",
  "∕": "/",
  "–": "-",
  "—": "-",
  "−": "-",
  "‑": "-",
  "‐": "-",
  "〜": "~",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "「": '"',
  "」": '"',
  "『": '"',
  "』": '"',
  "‘": "'",
  "’": "'",
  "【": "[",
  "】": "]",
  "→": ":",
  "⇒": ":"
}

const circled = "①②③④⑤⑥⑦⑧⑨"

/** Digits of any script as 0 to 9, full-width and typographic marks as ASCII; letters stay as they are. */
export const fold = (text: string): string => {
  let folded = ""
  for (const char of text) {
    const point = char.codePointAt(0)!
    if (point < 0x80) folded += char
    else if (circled.includes(char)) folded += String(circled.indexOf(char) + 1)
    else if (char === "½") folded = `${folded.trimEnd()}${/\d\s*$/.test(folded) ? "" : "0"}.5`
    else if (point === 0xfe0f || point === 0x20e3) continue
    else if (marks[char] !== undefined) folded += marks[char]
    else if (digitOf(point) !== undefined) folded += digitOf(point)
    else if (point >= 0xff01 && point <= 0xff5e) folded += String.fromCodePoint(point - 0xfee0)
    else folded += char
  }
  return folded
}
