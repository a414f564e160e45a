/** The places where a text states a score: behind a label or a verb that gives one, or by a form of its own. */
import type { Scale } from "../../study/Instrument.ts"
import { type Claim, overPattern } from "./claim.ts"
import { ceilingPattern, numberOf, numberPattern, plainNumberPattern } from "./number.ts"
import { literal } from "./ownWords.ts"
import { after, before, conditional, counted, deniedLead, final, follows, label, verb } from "./proseWords.ts"
import { isReported, isReportedAtOnce, ownVoice } from "./reported.ts"

/** A claim and where it stands. `final`: it is called the final one. */
export interface Statement extends Claim {
  readonly at: number
  readonly end: number
  readonly final: boolean
}

/** Between a label or verb and its number: a few words of the same sentence without digits. */
const gap = String.raw`[^\d.!?\n;。]{0,48}?`
const fraction = `(?:${overPattern}(${ceilingPattern}))?`
// A word for one is a number where it is out of something.
const score = `(?:${plainNumberPattern}(?=${overPattern}${ceilingPattern})|${numberPattern})`

const blocked =
  /[~<>≥≤≈±]|(?<!\p{L})n\/a(?!\p{L})|\(\s*(?:would|could|might|may|maybe|perhaps|if)(?!\p{L})|(?<!\p{L})(?:scale|range|point|points|maximum|minimum|anchor|means|between|from|skala|escala|échelle|шкал\p{L}*|sentences?|questions?|because|but|although|since|to|by)(?!\p{L})/iu

const sentenceBefore = (text: string, at: number): string =>
  text
    .slice(0, at)
    .split(/[.!?\n。]/)
    .at(-1)!

/** Whether what stands before a number and behind it lets it be a score that was given. */
const deniedBy = (sentence: string, tail: string): boolean =>
  before.test(sentence) || conditional.test(sentence) || after.test(tail)

/** Statements by label (`Score: 4`, `评分：4`) or verb (`I give it a 4`). `open`: one was found that does not count. */
export const labelled = (
  text: string,
  dimension: string,
  scale: Pick<Scale, "minimum">
): { readonly list: readonly Statement[]; readonly open: boolean } => {
  const own = dimension
    .split(/[^\p{L}\p{N}]+/u)
    .map(literal)
    .join("[ _-]?")
  const patterns = [
    `(${label}|(?<!\\p{L})${own}(?!\\p{L})(?=\\s*(?:score|rating)?\\s*[:=|]))(${gap})(${score})${fraction}`,
    `(${verb})(${gap})(${score})${fraction}`,
    // Right behind a label a word for one is a number.
    `(${label})(\\s*[:=]\\s*)(${plainNumberPattern})${fraction}`,
    // A heading, and the number alone under it.
    `(?<=^|\\n[^\\p{L}\\n]*)(${label})(\\s*:?\\s*\\n\\s*)(${plainNumberPattern})${fraction}(?=[^\\p{L}\\d\\n]*(?:\\n|$))`
  ]
  const list: Statement[] = []
  let open = false
  for (const pattern of patterns) {
    for (const match of text.matchAll(new RegExp(pattern, "giu"))) {
      const [, lead, space, digits, over] = match as unknown as [string, string, string, string, string?]
      const at = match.index + lead.length + space.length
      const end = match.index + match[0].length
      const tail = text.slice(end, end + 60)
      const head = text.slice(text.lastIndexOf("\n", match.index - 1) + 1, match.index).slice(-24)
      // "I would say 3 things" counts things; "Score: 3 very warm" does not.
      const counts = counted.test(tail) || (!/[:=|\n]/.test(space) && !follows.test(tail))
      const said = sentenceBefore(text, match.index)
      const quoted = ownVoice.test(lead) ? isReportedAtOnce(said) : isReported(said)
      // On a scale below zero a dash before the number could be its sign.
      const signed = scale.minimum < 0 && /-\s*$/.test(space)
      const denied = quoted || deniedBy(sentenceBefore(text, at), tail) || deniedLead.test(head)
      const value = numberOf(digits)
      if (counts || denied || signed || blocked.test(space) || value === undefined) open = true
      else {
        const outOf = over === undefined ? undefined : numberOf(over)
        list.push({ value, outOf, at, end, final: final.test(`${head.slice(-20)}${lead}`) })
      }
    }
  }
  return { list, open }
}

const wordsFor: Readonly<Record<number, string>> = {
  2: "two|zwei|deux|dos|due|двух",
  3: "three|drei|trois|tres|tre|трёх",
  5: "five|fünf|cinq|cinco|cinque|пяти|pięciu|vijf|beş|五",
  7: "seven|sieben|sept|siete|sette|семи"
}

/** Words of emphasis before a grade. */
export const emphatic = String.raw`(?:(?:solid|strong|clear|weak|low|high|clean|glatte|klare)\s+)?`

const ends = String.raw`(?=\s*(?:$|[\n.,;:!?)\]-]|(?:stars?|points?|punkte?n?|puntos|punti|балл\p{L}*|because|for|since|as|on|in|due|with|overall|and|weil|da|porque|car|parce|perché|так|потому|bo|çünkü|لأن)(?!\p{L})))`

/** `4 out of 5`, `is a 4`, `4点です`, `4점을`: forms that say by themselves that the number is a grade. */
export const selfEvident = (text: string, scale: Scale): readonly Statement[] => {
  const max = `(?:${literal(String(scale.maximum))}|${wordsFor[scale.maximum] ?? "(?!)"})`
  const patterns = [
    `(${plainNumberPattern})${overPattern}(${max})(?!\\d|[.,]\\d|\\p{L}|\\s*\\/)${ends}`,
    `(?<!\\p{L})(?:is|it's|that's|ist|c'est|è|é|это|jest)\\s+(?:(?:a|an|eine?|une?|una|um)\\s+)?${emphatic}(${numberPattern})(?=\\s*(?:$|[\\n.,;!)]|(?:because|since|for|on|weil|denn|porque|car|parce|perché|потому)(?!\\p{L})))`,
    `(?<=^|[\\n:是为は中でに給给打,.\\s])(${numberPattern})\\s*[分點点점](?=\\s*(?:$|[\\n.,!:)(]|です|とし|を付|をつけ|と評|だ|が妥当|입니다|을 |를 |이다|으로 |로 |的))`
  ]
  return patterns.flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern, "giu"))].flatMap((match) => {
      const end = match.index + match[0].length
      const value = numberOf(match[1]!)
      const at = match.index + match[0].indexOf(match[1]!)
      const sentence = sentenceBefore(text, at)
      if (value === undefined || deniedBy(sentence, text.slice(end, end + 60)) || isReported(sentence))
        return []
      const outOf = match[2] === undefined ? undefined : scale.maximum
      return [{ value, outOf, at, end, final: false }]
    })
  )
}

/** Stars that are full among stars that are empty: as many as the scale has. */
export const stars = (text: string, scale: Scale): Claim | undefined => {
  const count = (row: string, kind: RegExp) => row.match(kind)?.length ?? 0
  const rows = [...text.matchAll(/[★⭐✭☆✩](?:\s*[★⭐✭☆✩])*/gu)]
    .map(([row]) => ({ full: count(row, /[★⭐✭]/gu), all: count(row, /[★⭐✭☆✩]/gu) }))
    .filter(({ all }) => all === scale.maximum)
  const [first] = rows
  return first !== undefined && rows.length === 1 ? { value: first.full, outOf: scale.maximum } : undefined
}
