/** An answer's own words: without quotations, marks of Markdown, numbers of lists, and the scale repeated. */
import type { Scale } from "../../study/Instrument.ts"
import { claimOf } from "./claim.ts"

/** A text as a piece of a regular expression. */
export const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")

/** Takes out quotations and marks, so that only the judge's own words are left. */
export const ownWords = (text: string): string =>
  text
    .replaceAll(/\$?\\boxed\{([^{}]*)\}\$?/g, "\nscore: $1\n")
    .replaceAll(/\[\[([^[\]]*)\]\]/g, "\nscore: $1\n")
    .replaceAll(/^\s*>.*$/gm, "")
    .replaceAll(/(?:```+|~~~+)(?:\p{L}[\p{L}\p{N}+#.-]*)?/gu, "\n")
    // A quotation of words; a number in quotes is only a way of writing it.
    .replaceAll(/"([^"\n]{1,600})"/g, (_, inner: string) =>
      claimOf(inner) === undefined ? " … " : ` ${inner} `
    )
    .replaceAll(/&nbsp;|<\/?(?:b|strong|i|em|u|mark|span|font|small|big|code|center)(?:\s[^<>]*)?>/gi, " ")
    .replaceAll(/<\/?(?:p|div|br|hr|ul|ol|li|h\d|pre|html|body)(?:\s[^<>]*)?\/?>/gi, "\n")
    .replaceAll(/<\/?([\p{L}_-]+)[^<>]*>/gu, (tag, name: string) =>
      tag.startsWith("</")
        ? "\n"
        : `\n${/^(?:final_?)?(?:answer|output|result|value)$/i.test(name) ? "score" : name}: `
    )
    // How sure it is of itself is another matter.
    .replaceAll(confidence, " ")
    .replaceAll(/[*`]+|(?<!\p{L})_+|_+(?!\p{L})/gu, "")
    .replaceAll(/^\s*#+\s+/gm, "")
    // The numbers of a list are not scores, unless nothing stands behind them.
    .replaceAll(/^\s*(?:[-•]\s*)?\d{1,2}[.)]\s+(?=\S)/gm, "")

const confidence =
  /(?<!\p{L})(?:confidence|certainty|konfidenz|sicherheit|confianza|confiance|уверенность)(?:[ _](?:level|score|rating))?\s*[:=]\s*\d+(?:[.,]\d+)?(?:\s*%|\s*(?:\/|out of)\s*\d+)?/giu

const between = String.raw`\s*(?:-|~|\.\.+|to|through|and|bis|und|a|al|à|au|et|y|e|até|do|tot|en|до|и|ile|إلى|الى|و|से|đến|till|från|から|到|至|부터)\s*`

const points = String.raw`(?:\s*-?\s*(?:балльн\p{L}*|stopniow\p{L}*|puanlık|puntsschaal|段階|分制|点制|점 척도|단계)|-\s*(?:points?|punkte?)(?!\p{L})(?:\s*-?\s*(?:scale|skala|likert)\p{L}*)?|\s+(?:point|puntos|points|punti|pontos)\s+(?:scale|skala|likert)\p{L}*)`

const named = String.raw`(?:(?:on|auf|en|sur|su|in|na|по|numa|op|over)\s+)?(?:(?:a|an|the|this|einer|der|una|la|une|uma|een)\s+)?(?:scale|skala|escala|échelle|scala|шкале|skali|schaal|thang điểm|ölçek)\s*(?:of|from|von|de|da|от|od|van|từ)?\s*`

/** What the ends of a scale mean, told in passing: "1 = not at all, 5 = very", "where 1 is lowest and 5 is highest". */
const legend = (low: string, high: string): readonly string[] => {
  const meaning = String.raw`\s*=\s*[^=\n,;()\d]{1,60}`
  const means = String.raw`\s+(?:is|being|means|meaning|stands for|represents)\s+[^,;.()\n\d]{1,60}?`
  return [
    String.raw`\(?(?:where\s+)?${low}${meaning}(?:[,;\n]\s*(?:and\s+)?[\d.]+${meaning})*[,;\n]\s*(?:and\s+)?${high}(?:\s*=\s*[^=\n,;().\d]{1,60})\)?`,
    String.raw`(?<!\p{L})(?:where|with)\s+${low}${means},?\s*(?:and\s+)${high}(?:\s+(?:is|being|means|meaning|stands for|represents)\s+[^,;:.()\n\d]{1,60})`
  ]
}

/** The scale may be repeated as often as the judge likes: its range and its number of points go. */
export const withoutScale = (text: string, scale: Scale): string => {
  const low = `(?<![\\d.,])${literal(String(scale.minimum))}`
  const high = `${literal(String(scale.maximum))}(?!\\d|[.,]\\d)`
  const edge = "(?<![\\d.,])"
  const gone = [
    ...legend(low, high),
    `(?<!\\p{L})(?:on|using)\\s+(?:a|an|the|this)\\s+${low}${between}${high}(?:\\s+(?:likert|scale|rating))*(?!\\p{L})`,
    `${named}(?=\\(?${low}${between}${high})`,
    `(?:(?<!\\p{L})(?:from|von|de|da|od|от|van)\\s+)?\\(?${low}${between}${high}(?:까지|사이)?(?:\\s*(?:arasında|के बीच|(?:scale|skala|schaal)(?!\\p{L})))?\\)?`,
    `(?<!\\p{L})(?:on|using)\\s+(?:a|an|the|this)\\s+${high}-points?(?:\\s+(?:likert|scale|rating))*(?!\\p{L})`,
    `${edge}${high}${points}`,
    // What it is out of, said first.
    `(?<=\\p{L}\\s*)(?:\\(\\s*(?:out of|\\/)\\s*${high}\\s*\\)|(?:out of|\\/)\\s*${high}(?=\\s*[:=]))`,
    `(?<!\\p{L})(?:of|out of) (?:a possible|a maximum of|the|a total of) ${high}(?: points?)?(?=,)`,
    `${edge}${high} üzerinden(?=\\s*\\d)`,
    `(?:满分|滿分|満点)\\s*(?:是|为|は)?\\s*${high}\\s*[分点]?で?`,
    `${edge}${high}\\s*(?:分满分|分滿分|点満点|점\\s*만점)(?:\\s*(?:中|で|に|에|のうち))?`,
    `${edge}${high}\\s*[分点]\\s*(?:中|のうち)(?:的|の)?`
  ]
  return gone
    .reduce((rest, pattern) => rest.replaceAll(new RegExp(pattern, "giu"), " "), text)
    .replaceAll(
      /(?<!\p{L})(?:five|seven|three|four|fünf|cinq|cinco|cinque)-?(?:point|punkte)(?:\s*-?\s*(?:scale|skala))?(?!\p{L})/giu,
      " "
    )
}
