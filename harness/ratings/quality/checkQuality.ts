/** All rules on one sheet: what each hits, and what is left when those that are on have their way. */
import { type Estimable, estimable, notEstimable } from "../../stats/Estimable.ts"
import {
  defaults,
  type QualityRules,
  type RuleName,
  type RuleParameters,
  ruleNames
} from "../../study/QualityRules.ts"
import { attention } from "./attention.ts"
import { duplicatePerson } from "./duplicatePerson.ts"
import { farFromOthers } from "./farFromOthers.ts"
import { missingInside } from "./missingInside.ts"
import { preview } from "./preview.ts"
import type { Hits, Rule } from "./Rule.ts"
import { reversedPairs } from "./reversedPairs.ts"
import { ratingsOf, type Sheet } from "./Sheet.ts"
import { straightLine } from "./straightLine.ts"
import { tooFast } from "./tooFast.ts"
import { unfinished } from "./unfinished.ts"

/** Every rule by its name. */
export const rules: { readonly [Name in RuleName]: Rule<Name> } = {
  preview,
  unfinished,
  "duplicate-person": duplicatePerson,
  "too-fast": tooFast,
  attention,
  "reversed-pairs": reversedPairs,
  "straight-line": straightLine,
  "missing-inside": missingInside,
  "far-from-others": farFromOthers
}

/** What one rule found. */
export interface RuleResult {
  readonly rule: RuleName
  readonly version: number
  /** Switched on in the study: what it hits is excluded. An off rule is counted all the same. */
  readonly on: boolean
  /** What it excludes, with its thresholds. */
  readonly says: string
  readonly hits: Estimable<Hits>
  readonly raters: number
  readonly submissions: number
  readonly ratings: number
  /** Ratings that no other rule that is on hits. */
  readonly onlyThis: number
}

/** All of them, and who is left. */
export interface QualityCheck {
  readonly results: readonly RuleResult[]
  /** 1 for submissions that no rule that is on hits. */
  readonly kept: Uint8Array
}

const parametersOf = <Name extends RuleName>(
  declared: QualityRules,
  name: Name
): RuleParameters[Name] | undefined =>
  (declared[name] ?? (defaults as Partial<RuleParameters>)[name]) as RuleParameters[Name] | undefined

const run = <Name extends RuleName>(sheet: Sheet, kept: Uint8Array, declared: QualityRules, name: Name) => {
  const rule: Rule<Name> = rules[name]
  const parameters = parametersOf(declared, name)
  return parameters === undefined
    ? { says: "not declared in the study", hits: notEstimable("the study declares nothing to check") }
    : { says: rule.says(parameters), hits: rule.find(sheet, kept, parameters) }
}

const ratings = (sheet: Sheet, submissions: Iterable<number>): number => {
  let sum = 0
  for (const s of submissions) sum += ratingsOf(sheet, s)
  return sum
}

/** Runs the rules in their order. Those the study does not name are counted with their defaults, and are off. */
export const checkQuality = (sheet: Sheet, declared: QualityRules): QualityCheck => {
  const kept = new Uint8Array(sheet.submissions.length).fill(1)
  const found: Omit<RuleResult, "onlyThis">[] = []
  const times = new Uint8Array(sheet.submissions.length)
  for (const name of ruleNames) {
    const { says, hits } = run(sheet, kept, declared, name)
    const on = declared[name]?.on === true
    const hit: Hits = hits.ok ? hits.value : new Map<number, string>()
    found.push({
      rule: name,
      version: rules[name].version,
      on,
      says,
      hits: hits.ok ? estimable(hit) : hits,
      raters: new Set([...hit.keys()].map((s) => sheet.submissions[s]!.rater)).size,
      submissions: hit.size,
      ratings: ratings(sheet, hit.keys())
    })
    if (on) {
      for (const s of hit.keys()) {
        kept[s] = 0
        times[s]! += 1
      }
    }
  }
  const results = found.map((result) => ({
    ...result,
    onlyThis: ratings(
      sheet,
      (result.hits.ok ? [...result.hits.value.keys()] : []).filter((s) => times[s] === (result.on ? 1 : 0))
    )
  }))
  return { results, kept }
}
