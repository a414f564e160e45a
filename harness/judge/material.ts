/**
 * What is judged goes in as data: between lines that carry a code nobody can have known. The code is an HMAC of
 * the material itself, so a text that held its own code would have to be found by trying some 2^128 texts, even
 * by somebody who knows the study's seed; and whether it does is looked at all the same.
 */
import { createHmac } from "node:crypto"
import { canonicalJson, type Hashable } from "../study/Hash.ts"

/** A code of 32 hex digits for some material, the same whenever the same is asked. It stands in none of `texts`. */
export const markerOf = (seed: number, texts: readonly string[], about: Hashable): string => {
  for (let attempt = 0; ; attempt++) {
    const code = createHmac("sha256", String(seed))
      .update(canonicalJson([texts, about, attempt]))
      .digest("hex")
      .slice(0, 32)
    if (!texts.some((text) => text.toLowerCase().includes(code))) return code
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is taken out
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u
const formats = /[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/u
const unseen = new RegExp(`${controls.source}|${formats.source}`, "gu")

/**
 * A text without what no reader would see: tag characters, zero-width and direction-changing controls. Joiners
 * stay, since scripts and emojis are written with them.
 */
export const visibleText = (text: string): string => text.replaceAll(unseen, "")

/** Puts a text between its lines. */
export const enclose = (what: string, code: string, text: string): string =>
  `--- ${what} ${code} ---\n${visibleText(text)}\n--- end of ${what} ${code} ---`
