/**
 * Traces of real people in a text: e-mail addresses, telephone numbers, handles, web addresses. Written
 * broadly: a false alarm costs a glance, a leak cannot be taken back.
 */

/** What was found and where it stands. */
export interface PersonalData {
  readonly kind: "e-mail" | "telephone" | "handle" | "link"
  readonly text: string
}

const patterns: readonly (readonly [PersonalData["kind"], RegExp])[] = [
  ["e-mail", /[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+/giu],
  ["link", /\b(?:https?:\/\/|www\.)\S+/giu],
  // Seven digits or more, alone or in groups; dates (four-two-two) and sums of money are let through below.
  ["telephone", /(?<![\w$£€¥₹.,])\+?\(?\d[\d\s().-]{5,}\d(?![\w%])/gu],
  ["handle", /(?<![\w.@])@[a-z_][\w.]{2,}|\b[ur]\/[A-Za-z][\w-]{2,}/giu]
]

const isDate = (text: string) => /^\d{1,4}[.\-/\s]\d{1,2}[.\-/\s]\d{1,4}$/.test(text)

/** Everything in a text that looks like personal data, in order of kind. */
export const personalDataIn = (text: string): readonly PersonalData[] => {
  const found: PersonalData[] = []
  let rest = text
  for (const [kind, pattern] of patterns) {
    for (const match of rest.matchAll(pattern)) {
      const digits = match[0].replace(/\D/g, "")
      if (kind === "telephone" && (digits.length < 7 || isDate(match[0].trim()))) continue
      found.push({ kind, text: match[0].trim() })
    }
    // What is an e-mail address is not also a handle.
    if (kind === "e-mail" || kind === "link") rest = rest.replace(pattern, " ")
  }
  return found
}
