/** Numbers as judges write them: digits with a point or a comma, words of several languages, halves. */

const words: Readonly<Record<string, number>> = {
  ...{ zero: 0, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ zwei: 2, drei: 3, vier: 4, fünf: 5, sechs: 6, sieben: 7, acht: 8, neun: 9, zehn: 10 },
  ...{ cero: 0, dos: 2, tres: 3, cuatro: 4, cinco: 5, siete: 7, ocho: 8, nueve: 9, diez: 10 },
  ...{ zéro: 0, deux: 2, trois: 3, quatre: 4, cinq: 5, sept: 7, huit: 8, neuf: 9, dix: 10 },
  ...{ due: 2, tre: 3, quattro: 4, cinque: 5, sette: 7, otto: 8, nove: 9, dieci: 10 },
  ...{ dois: 2, três: 3, quatro: 4, sete: 7, oito: 8, dez: 10 },
  ...{ twee: 2, drie: 3, vijf: 5, zes: 6, zeven: 7, negen: 9, tien: 10 },
  ...{
    ноль: 0,
    два: 2,
    три: 3,
    четыре: 4,
    пять: 5,
    пяти: 5,
    шесть: 6,
    семь: 7,
    восемь: 8,
    девять: 9,
    десять: 10
  },
  ...{ dwa: 2, trzy: 3, cztery: 4, pięć: 5, pięciu: 5, sześć: 6, siedem: 7, osiem: 8, dziesięć: 10 },
  ...{ iki: 2, üç: 3, dört: 4, beş: 5, altı: 6, yedi: 7, sekiz: 8, dokuz: 9, on: 10 }
}
// "on" is a word of too many languages.
const { on: _on, ...safe } = words

/** Words for one are articles and pronouns too: they count only where nothing else can be meant. */
const ones = ["one", "eins", "uno", "un", "um", "één", "один", "jeden", "bir"]

const han: Readonly<Record<string, number>> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 }
}

const half = String.raw`(?:\s*(?:and a half|and one half|y medi[oa]|et demie?|e mezzo|e meio|einhalb|с половиной|i pół|en een half|半)(?!\p{L}))?`

// A comma before three digits may set off thousands.
const digits = String.raw`(?:(?<!\d\s*)\+)?-?\d+(?:\.\d+|,(?!\d{3}(?!\d))\d+)?(?!,\d)`

/** A number in digits or words, possibly with a half; not a part of a longer number, word, percentage or list. */
export const numberPattern = String.raw`(?:(?<![\d.,/#$€£]|\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek})${digits}(?![\d%‰]|\p{Script=Latin})|(?<!\p{L})(?:${Object.keys(safe).join("|")})(?=einhalb|(?!\p{L}))|[零〇一二三四五六七八九十](?=[分点點점]))${half}`

/** The same with the words for one. */
export const plainNumberPattern = String.raw`(?:${numberPattern}|(?<!\p{L})(?:${ones.join("|")})(?!\p{L}))`

/** What a score is out of, behind a slash or a word. */
export const ceilingPattern = String.raw`(?:\d+(?:[.,]\d+)?(?!\d)|(?:${Object.keys(safe).join("|")}|五|خمسة)(?!\p{L}))`

/** The value of what one of the patterns matched; `undefined` for anything else. */
export const numberOf = (text: string): number | undefined => {
  const trimmed = text.trim().toLowerCase()
  const whole = /^([-+]?\d+(?:[.,]\d+)?|\p{L}+?|\p{L})(?=$|\s|einhalb|半)/u.exec(trimmed)?.[1]
  if (whole === undefined) return undefined
  const base = /\d/.test(whole)
    ? Number(whole.replace(",", "."))
    : ones.includes(whole)
      ? 1
      : (safe[whole as keyof typeof safe] ?? han[whole])
  if (base === undefined || !Number.isFinite(base)) return undefined
  return trimmed.length > whole.length ? base + 0.5 : base
}
