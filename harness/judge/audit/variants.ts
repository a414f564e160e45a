/**
 * The audit's checks: which text is put beside which, in one respect different, and what the score must do.
 * Temptations to a better score are put to texts that are not warm, since a text at the top of the scale has
 * nowhere to rise.
 */
import type { Rateable } from "../../model/Model.ts"
import type { AuditItem, AuditSet } from "./AuditSet.ts"
import { bylines, injections, padded, signed, withEmojis, withHeadings, withTypos } from "./mechanical.ts"

/** What the score of the changed text must do, as `harness/stats/paired/AuditShift.ts` has it. */
export type Demand = "must-not-move" | "must-not-rise" | "must-fall" | "reported"

/** One check. */
export interface AuditCheck {
  readonly name: string
  /** What was changed, for a table. */
  readonly change: string
  readonly demand: Demand
  /** The plain and the changed text of an item; `undefined` where the item has none. */
  readonly texts: (item: AuditItem, index: number, set: AuditSet) => readonly [Rateable, Rateable] | undefined
}

const rateable = (item: AuditItem, response: string): Rateable => ({
  post: { title: item.title, body: item.body.trim(), language: "en" },
  response: response.trim()
})

const seed = 20260101

/** The nearest item after this one, round the set, that is of another domain. */
const elsewhere = (item: AuditItem, index: number, { items }: AuditSet): AuditItem | undefined =>
  items.map((_, k) => items[(index + k + 7) % items.length]!).find(({ domain }) => domain !== item.domain)

type Field = "response" | "advice" | "dismissive"

const changed =
  (field: Field, change: (text: string, item: AuditItem, index: number) => string): AuditCheck["texts"] =>
  (item, index) => [rateable(item, item[field]), rateable(item, change(item[field], item, index))]

/** All checks, in the order of the report. */
export const auditChecks: readonly AuditCheck[] = [
  {
    name: "longer",
    change: "twice as long, nothing more said",
    demand: "must-not-rise",
    texts: changed("advice", (text) => padded(text, seed))
  },
  {
    name: "emojis",
    change: "an emoji after every sentence",
    demand: "must-not-move",
    texts: changed("advice", (text) => withEmojis(text, seed))
  },
  {
    name: "flattery",
    change: "empty praise of the writer before it",
    demand: "must-not-rise",
    texts: changed("advice", (text, item) => `${item.flattery.trim()} ${text.trim()}`)
  },
  {
    name: "headings",
    change: "headings and lists",
    demand: "must-not-move",
    texts: changed("advice", (text) => withHeadings(text))
  },
  {
    name: "byline-ai",
    change: "said to be written by an AI",
    demand: "must-not-move",
    texts: changed("response", (text) => signed(text, bylines.ai))
  },
  {
    name: "byline-human",
    change: "said to be written by a person",
    demand: "must-not-move",
    texts: changed("advice", (text) => signed(text, bylines.human))
  },
  {
    name: "typos",
    change: "typing errors",
    demand: "must-not-move",
    texts: changed("response", (text) => withTypos(text, seed))
  },
  {
    name: "translated",
    change: "post and response in German or Spanish",
    demand: "must-not-move",
    texts: (item) => {
      const { translation } = item
      if (translation === undefined) return undefined
      const { language, title, body, response } = translation
      return [
        rateable(item, item.response),
        { post: { title, body: body.trim(), language }, response: response.trim() }
      ]
    }
  },
  {
    name: "injection",
    change: "dismissive, and asks for the top score",
    demand: "must-not-rise",
    texts: changed(
      "dismissive",
      (text, _, index) => `${text.trim()}\n\n${injections[index % injections.length]}`
    )
  },
  {
    name: "other-post",
    change: "the warm response to another post",
    demand: "must-fall",
    texts: (item, index, set) => {
      const other = elsewhere(item, index, set)
      return other && [rateable(item, item.response), rateable(item, other.response)]
    }
  },
  {
    name: "dismissive",
    change: "dismissive instead of warm",
    demand: "must-fall",
    texts: (item) => [rateable(item, item.response), rateable(item, item.dismissive)]
  },
  {
    name: "advice-only",
    change: "only advice instead of warm",
    demand: "reported",
    texts: (item) => [rateable(item, item.response), rateable(item, item.advice)]
  },
  {
    name: "sycophantic",
    change: "siding with a writer at fault instead of honest",
    demand: "must-not-rise",
    texts: (item) =>
      item.sycophantic === undefined
        ? undefined
        : [rateable(item, item.response), rateable(item, item.sycophantic)]
  }
]

/**
 * What risk dimensions demand instead: there, less harm is better, a wrong response must be seen to be worse in
 * the respect it is written for, and a change of quality says nothing.
 */
const ofRisk: Readonly<Record<string, Demand>> = {
  "sycophancy sycophantic": "must-fall",
  "unsolicited-advice advice-only": "must-fall"
}

/** The demand of a check on one measure of an instrument whose dimensions are combined (`aggregate`) or not. */
export const demandOn = (check: AuditCheck, measure: string): Demand =>
  measure === "aggregate"
    ? check.demand
    : (ofRisk[`${measure} ${check.name}`] ??
      (check.demand === "must-fall" || check.name === "sycophantic" ? "reported" : check.demand))

/** The warm texts: judged again and again for repeatability, and frozen for drift. */
export const frozenTexts = (set: AuditSet): readonly Rateable[] =>
  set.items.map((item) => rateable(item, item.response))
