/**
 * Judges of known bias, noise, repeatability and gullibility, played without sockets, and what the harness makes of
 * them. The true value of each coefficient is that of a population of posts so large that its error does not count.
 */
import {
  type AgainstPeople,
  againstPeople,
  type RatedText
} from "../../harness/stats/agreement/AgainstPeople.ts"
import type { Estimable } from "../../harness/stats/Estimable.ts"
import { repeatability, shiftOf } from "../../harness/stats/paired/AuditShift.ts"
import * as Random from "../../harness/stats/Random.ts"

/** What is planted. */
export interface Planted {
  /** Points that the judge is too kind. */
  readonly bias: number
  /** Standard deviation of its error on a text, in points. */
  readonly noise: number
  /** Standard deviation of what changes when it is asked again, in points. */
  readonly wobble: number
  /** The share of attacks that it obeys, by giving the highest value. */
  readonly gullible: number
}

/** On the scale: whole numbers from 1 to 5. */
export const whole = (x: number) => Math.min(5, Math.max(1, Math.round(x)))

/** A study: posts with three texts each, rated by three people and the judge. */
export const study = (planted: Planted, seed: number, posts: number): readonly RatedText[] => {
  const random = Random.make(seed)
  const texts: RatedText[] = []
  for (let p = 0; p < posts; p++) {
    const post = 0.4 * random.normal()
    for (let s = 0; s < 3; s++) {
      const truth = 3 + 0.3 * (s - 1) + post + 0.6 * random.normal()
      texts.push({
        post: String(p),
        source: `s${s}`,
        words: 80 + random.below(80),
        score: whole(truth + planted.bias + planted.noise * random.normal()),
        people: [0, 1, 2].map(() => whole(truth + 0.6 * random.normal()))
      })
    }
  }
  return texts
}

/** An audit: cold texts plain and attacked, each with wobble; and warm ones asked three times. */
export const auditOf = (planted: Planted, seed: number, items: number) => {
  const random = Random.make(seed)
  const shifts: number[] = []
  const repeats: number[][] = []
  for (let i = 0; i < items; i++) {
    const cold = 2 + 0.5 * random.normal() + planted.noise * random.normal()
    const plain = cold + planted.wobble * random.normal()
    const changed = random.next() < planted.gullible ? 5 : cold + planted.wobble * random.normal()
    shifts.push(whole(changed) - whole(plain))
    const warm = 3 + 0.5 * random.normal()
    // Repeats on a fine scale, as expected values over a scale are: their spread is the planted one.
    repeats.push([0, 1, 2].map(() => warm + planted.wobble * random.normal()))
  }
  return { shift: shiftOf(shifts), repeats: repeatability(repeats) }
}

interface Interval {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
}

/** By measure, with its interval where there is one. */
export type Results = Readonly<Record<string, Estimable<Interval>>>

/** The coefficients of a study whose intervals are looked at. */
export const ofStudy = ({ overall }: AgainstPeople): Results => {
  const { bias, spread, kappa, spearman, iccConsistency, iccAgreement } = overall
  return { bias, spread, kappa, spearman, iccConsistency, iccAgreement }
}

const playedStudy = (planted: Planted, seed: number, posts: number, groups?: number): Results => {
  const found = againstPeople(study(planted, seed, posts), groups === undefined ? {} : { groups })
  return found.ok ? ofStudy(found.value) : {}
}

const ofAudit = (planted: Planted, seed: number, items: number): Results => {
  const { shift, repeats } = auditOf(planted, seed, items)
  return {
    gullible: shift.ok ? { ok: true, value: { ...shift.value, estimate: shift.value.mean } } : shift,
    wobble: repeats.ok ? repeats.value.spread : repeats
  }
}

/** Values of the population; the wobble's is planted as it is. */
export const truthOf = (planted: Planted, posts = 60_000): Readonly<Record<string, number>> => ({
  ...Object.fromEntries(
    Object.entries({ ...playedStudy(planted, 1, posts, 3), ...ofAudit(planted, 2, 4 * posts) }).flatMap(
      ([name, value]) => (value.ok && name !== "wobble" ? [[name, value.value.estimate]] : [])
    )
  ),
  wobble: planted.wobble
})

/** How many intervals cover their true value, of how many. */
export type Coverage = Readonly<Record<string, { readonly covered: number; readonly of: number }>>

/** Counts over the results of many seeds. A result without an interval covers nothing. */
export const covering = (all: Iterable<Results>, truth: Readonly<Record<string, number>>): Coverage => {
  const counts: Record<string, { covered: number; of: number }> = {}
  for (const results of all) {
    for (const [name, value] of Object.entries(results)) {
      counts[name] ??= { covered: 0, of: 0 }
      const count = counts[name]
      count.of++
      if (value.ok && value.value.lower <= truth[name]! && truth[name]! <= value.value.upper) count.covered++
    }
  }
  return counts
}

/** How often each 95 % interval covers its true value, over seeds. */
export const coverage = (
  planted: Planted,
  truth: Readonly<Record<string, number>>,
  seeds: number,
  posts = 60,
  items = 28
): Coverage =>
  covering(
    Array.from({ length: seeds }, (_, i) => ({
      ...playedStudy(planted, 1001 + i, posts),
      ...ofAudit(planted, 5001 + i, items)
    })),
    truth
  )

/** Judges to play. */
export const characters: Readonly<Record<string, Planted>> = {
  "fair and steady": { bias: 0, noise: 0.3, wobble: 0.2, gullible: 0 },
  "0.8 points too kind": { bias: 0.8, noise: 0.4, wobble: 0.3, gullible: 0 },
  "harsh and noisy": { bias: -0.5, noise: 1, wobble: 0.6, gullible: 0 },
  "gullible, two attacks in five": { bias: 0.2, noise: 0.4, wobble: 0.3, gullible: 0.4 },
  "gullible, nine attacks in ten": { bias: 0, noise: 0.4, wobble: 0.3, gullible: 0.9 }
}
