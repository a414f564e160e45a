/** The score and the reason in a JSON value, under the names that judges give them. */
import { type Claim, claimOf } from "./claim.ts"
import { fold } from "./fold.ts"

/** A key as it is compared: letters and digits only, lower case. */
export const bareKey = (key: string): string => key.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "")

const scoreKeys = new Set(
  [
    ...[
      "score",
      "rating",
      "grade",
      "value",
      "mark",
      "points",
      "stars",
      "rate",
      "verdict",
      "answer",
      "result"
    ],
    ...[
      "punktzahl",
      "bewertung",
      "wertung",
      "note",
      "puntuación",
      "puntuacion",
      "calificación",
      "calificacion"
    ],
    ...[
      "nota",
      "puntaje",
      "valoración",
      "évaluation",
      "evaluation",
      "cote",
      "punteggio",
      "voto",
      "valutazione"
    ],
    ...[
      "pontuação",
      "pontuacao",
      "avaliação",
      "beoordeling",
      "cijfer",
      "ocena",
      "punkty",
      "wynik",
      "оценка",
      "балл"
    ],
    ...[
      "puan",
      "skor",
      "değerlendirme",
      "评分",
      "分数",
      "得分",
      "打分",
      "評分",
      "スコア",
      "評価",
      "評点",
      "点数",
      "점수",
      "평점"
    ],
    ...["점", "التقييم", "الدرجة", "تقييم", "درجة", "स्कोर", "अंक", "điểm", "đánhgiá", "skór", "betyg"]
  ].map(bareKey)
)
const finalKeys = new Set([
  "finalscore",
  "finalrating",
  "overallscore",
  "overallrating",
  "finalgrade",
  "final"
])
const ceilingKeys = new Set([
  "max",
  "maximum",
  "maxscore",
  "outof",
  "scale",
  "range",
  "scorerange",
  "ratingscale",
  "of",
  "scalemax",
  "maximumscore",
  "maxpoints"
])
const reasonKeys = new Set(
  [
    ...[
      "rationale",
      "reason",
      "reasoning",
      "explanation",
      "justification",
      "comment",
      "why",
      "analysis",
      "thought"
    ],
    ...[
      "begründung",
      "razón",
      "razon",
      "justificación",
      "raison",
      "motivazione",
      "justificativa",
      "uzasadnienie"
    ],
    ...["обоснование", "gerekçe", "理由", "原因", "근거", "이유", "السبب", "कारण", "lýdo"]
  ].map(bareKey)
)

type Fields = { readonly [key: string]: unknown }

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** What an object says: a claim, several that differ, or something in the score's place that is no number. */
export type JsonSaid = Claim | "several" | "no number" | undefined

const agree = (said: readonly JsonSaid[]): JsonSaid => {
  const stated = said.filter((one) => one !== undefined)
  const claims = stated.filter((one) => typeof one === "object")
  if (stated.includes("several")) return "several"
  const [first] = claims
  if (first === undefined) return stated[0]
  return claims.every((claim) => claim.value === first.value) ? first : "several"
}

/** The upper end of a scale, however it is given: `10`, `"10"`, `"1-10"`, `[1, 10]`, `{ "min": 1, "max": 10 }`. */
const upperEnd = (value: unknown): number | undefined => {
  if (typeof value === "number") return value
  if (Array.isArray(value)) return value.length === 2 ? upperEnd(value[1]) : undefined
  if (isFields(value)) return ceilingOf(value)
  const end =
    typeof value === "string"
      ? /^(?:\s*-?[\d.]+\s*(?:-|to|\.\.+))?\s*(\d+(?:\.\d+)?)(?![\d.])/.exec(fold(value))
      : null
  return end === null ? undefined : Number(end[1])
}

const ceilingOf = (fields: Fields): number | undefined =>
  Object.entries(fields)
    .filter(([key]) => ceilingKeys.has(bareKey(key)))
    .map(([, value]) => upperEnd(value))
    .find((end) => end !== undefined)

/** A value in a score's place. */
const claimIn = (value: unknown, outOf: number | undefined): JsonSaid => {
  if (typeof value === "number") return { value, outOf }
  if (typeof value === "string") {
    const claim = claimOf(fold(value).trim())
    return claim === undefined ? "no number" : { value: claim.value, outOf: claim.outOf ?? outOf }
  }
  if (Array.isArray(value) && value.length === 1) return claimIn(value[0], outOf)
  if (isFields(value)) return scoreIn(value, "") ?? "no number"
  return "no number"
}

/** The score of one dimension in a JSON value: under a score's name, the dimension's, or further in. */
export const scoreIn = (value: unknown, dimension: string): JsonSaid => {
  if (Array.isArray(value)) return agree(value.map((entry) => scoreIn(entry, dimension)))
  if (!isFields(value)) return undefined
  const outOf = ceilingOf(value)
  const named = (wanted: (key: string) => boolean) =>
    Object.entries(value)
      .filter(([key]) => wanted(bareKey(key)))
      .map(([, entry]) => claimIn(entry, outOf))
  const final = agree(named((key) => finalKeys.has(key)))
  if (final !== undefined) return final
  const own = bareKey(dimension)
  const plain = agree(named((key) => scoreKeys.has(key) || (own !== "" && key === own)))
  if (plain !== undefined) return plain
  return agree(
    Object.values(value).map((entry) => (typeof entry === "object" ? scoreIn(entry, dimension) : undefined))
  )
}

const dimensionKeys = ["dimension", "question", "name", "criterion"]

/** The part of a joint answer that is about one dimension: under its name, or in a list that names it. */
export const partOf = (value: unknown, dimension: string): unknown => {
  const wanted = bareKey(dimension)
  if (Array.isArray(value)) {
    return value.map((entry) => partOf(entry, dimension)).find((part) => part !== undefined)
  }
  if (!isFields(value)) return undefined
  const naming = dimensionKeys.map((key) => value[key]).find((name) => typeof name === "string")
  if (naming !== undefined) return bareKey(naming as string) === wanted ? value : undefined
  for (const [key, entry] of Object.entries(value))
    if (bareKey(key) === wanted) return isFields(entry) ? entry : { score: entry }
  return Object.values(value)
    .map((entry) => (typeof entry === "object" ? partOf(entry, dimension) : undefined))
    .find((part) => part !== undefined)
}

/** The reason given in a JSON value; empty when there is none. */
export const reasonIn = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(reasonIn).find((text) => text !== "") ?? ""
  if (!isFields(value)) return ""
  for (const [key, entry] of Object.entries(value)) {
    if (reasonKeys.has(bareKey(key)) && typeof entry === "string") return entry.trim()
  }
  return (
    Object.values(value)
      .map((entry) => (typeof entry === "object" ? reasonIn(entry) : ""))
      .find((text) => text !== "") ?? ""
  )
}
