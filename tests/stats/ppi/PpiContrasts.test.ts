import { assert, describe, it } from "@effect/vitest"
import * as PpiContrasts from "../../../harness/stats/ppi/PpiContrasts.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { notFinite } from "../finite.ts"

interface Design {
  readonly posts: number
  readonly labelled: number
  readonly raters: number
  readonly perText: number
  /** SD of a rater's leaning to one source: what makes raters a cluster of a contrast. */
  readonly leaning: number
  /** Noise of the judge. */
  readonly noise: number
}

const MEANS = [3, 3.4]
const SOURCES = ["a", "b"]

/** Crossed ratings of two sources by raters and a judge who is too kind to source b. */
const draw = (design: Design, seed: number): PpiContrasts.PpiContrastsInput => {
  const random = Random.make(seed)
  const domains = new Map<string, string>()
  const judge: PpiContrasts.JudgeScore[] = []
  const human: PpiContrasts.HumanRating[] = []
  const u = Array.from({ length: design.raters }, () => 0.5 * random.normal())
  const lean = u.map(() => SOURCES.map(() => design.leaning * random.normal()))
  for (let p = 0; p < design.posts; p++) {
    const post = `p${String(p).padStart(4, "0")}`
    domains.set(post, `d${p % 3}`)
    const level = 0.4 * random.normal()
    for (const [s, source] of SOURCES.entries()) {
      const text = MEANS[s]! + level + 0.5 * random.normal()
      judge.push({ post, source, score: 1.5 + 0.7 * text + 0.4 * s + design.noise * random.normal() })
      if (p >= design.labelled) continue
      const first = random.below(design.raters)
      for (let i = 0; i < design.perText; i++) {
        const r = (first + i) % design.raters
        human.push({
          post,
          source,
          rater: `r${r}`,
          score: text + u[r]! + lean[r]![s]! + 0.8 * random.normal()
        })
      }
    }
  }
  return { sources: SOURCES, domains, judge, human, seed }
}

const contrast = (input: PpiContrasts.PpiContrastsInput) => {
  const result = PpiContrasts.analyse(input).contrasts[0]!.difference
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

const simulate = (design: Design, runs: number) => {
  let covered = 0
  let shorter = 0
  let sum = 0
  for (let run = 0; run < runs; run++) {
    const input = draw(design, 5000 + run)
    const { estimate, lower, upper, se } = contrast(input)
    if (lower <= -0.4 && upper >= -0.4) covered++
    sum += estimate
    if (run >= 50) continue
    const alone = contrast({ ...input, judge: input.judge.map((score) => ({ ...score, score: 3 })) })
    if (se < alone.se) shorter++
  }
  return { coverage: covered / runs, shorter: shorter / 50, bias: sum / runs + 0.4 }
}

describe("PpiContrasts", () => {
  // Three binomial standard errors of a coverage of 95 % in 300 runs: 3.8 points.
  const runs = 300
  it("covers with few labelled posts, cross-fitted, and corrects the judge's bias", () => {
    const result = simulate(
      { posts: 300, labelled: 51, raters: 40, perText: 4, leaning: 0.25, noise: 0.2 },
      runs
    )
    assert.approximately(result.coverage, 0.95, 0.038)
    // The judge alone says 0.7 × −.4 − .4 = −.68 where raters say −.4.
    assert.approximately(result.bias, 0, 0.03)
    assert.isAbove(result.shorter, 0.75)
  })

  it("covers when a few raters with leanings rated everything", () => {
    const result = simulate(
      { posts: 200, labelled: 60, raters: 12, perText: 5, leaning: 0.5, noise: 0.3 },
      runs
    )
    assert.approximately(result.coverage, 0.95, 0.038)
  })

  it("covers with a judge that knows nothing", () => {
    const result = simulate(
      { posts: 200, labelled: 60, raters: 40, perText: 3, leaning: 0.2, noise: 20 },
      runs
    )
    assert.approximately(result.coverage, 0.95, 0.038)
  })

  it("is the two-way clustered mean difference, by hand, when the judge is constant", () => {
    const base = draw({ posts: 90, labelled: 60, raters: 9, perText: 3, leaning: 0.4, noise: 0 }, 3)
    const domains = new Map([...base.domains.keys()].map((post) => [post, "one"]))
    const input = { ...base, domains, judge: base.judge.map((score) => ({ ...score, score: 3 })) }
    const value = contrast(input)
    // Every text has 3 ratings: each rating weighs ±1/180, its residual is taken from its source's mean.
    const mean = SOURCES.map((source) => {
      const own = base.human.filter((rating) => rating.source === source)
      return own.reduce((sum, { score }) => sum + score, 0) / own.length
    })
    const clustered = (key: (rating: PpiContrasts.HumanRating) => string) => {
      const sums = new Map<string, number>()
      for (const rating of base.human) {
        const s = SOURCES.indexOf(rating.source)
        const part = ((s === 0 ? 1 : -1) * (rating.score - mean[s]!)) / 180
        sums.set(key(rating), (sums.get(key(rating)) ?? 0) + part)
      }
      return ([...sums.values()].reduce((sum, x) => sum + x * x, 0) * sums.size) / (sums.size - 1)
    }
    const variance =
      clustered((r) => r.post) + clustered((r) => r.rater) - clustered((r) => `${r.post} ${r.rater}`)
    assert.approximately(value.estimate, mean[0]! - mean[1]!, 1e-10)
    assert.approximately(value.se, Math.sqrt(variance), 1e-10)
    assert.strictEqual(value.df, 8)
    assert.strictEqual(value.lambda, 0)
    assert.strictEqual(value.population, "raters")
  })

  it("is PPI++ on post contrasts, by hand, with one rater and a λ fitted once", () => {
    const base = draw({ posts: 320, labelled: 220, raters: 1, perText: 1, leaning: 0, noise: 0.3 }, 4)
    const value = contrast({
      ...base,
      domains: new Map([...base.domains.keys()].map((post) => [post, "one"]))
    })
    const differences = (scores: readonly PpiContrasts.JudgeScore[]) =>
      scores.flatMap(({ score }, i) => (i % 2 === 0 ? [score - scores[i + 1]!.score] : []))
    const h = differences(base.human)
    const j = differences(base.judge)
    const [labelled, rest] = [j.slice(0, 220), j.slice(220)]
    const mean = (x: readonly number[]) => x.reduce((sum, value) => sum + value, 0) / x.length
    const cov = (x: readonly number[], y: readonly number[]) =>
      x.reduce((sum, value, i) => sum + (value - mean(x)) * (y[i]! - mean(y)), 0) / (x.length - 1)
    const lambda = cov(h, labelled) / ((1 + 220 / 100) * cov(j, j))
    const residual = h.map((value, i) => value - lambda * labelled[i]!)
    assert.approximately(value.lambda, lambda, 1e-10)
    assert.approximately(value.estimate, mean(residual) + lambda * mean(rest), 1e-10)
    const variance = cov(residual, residual) / 220 + (lambda ** 2 * cov(rest, rest)) / 100
    assert.approximately(value.se, Math.sqrt(variance), 1e-10)
  })

  it("stays uncalibrated below 50 labelled texts a source", () => {
    const result = PpiContrasts.analyse(
      draw({ posts: 200, labelled: 49, raters: 10, perText: 3, leaning: 0, noise: 0.2 }, 1)
    )
    const reason = "uncalibrated: humans rated 49 texts of a; correcting a judge needs 50"
    assert.strictEqual(result.uncalibrated, reason)
    assert.deepStrictEqual(result.contrasts[0]!.difference, { ok: false, reason })
    assert.deepStrictEqual(result.sources[1]!.mean, { ok: false, reason })
  })

  it("speaks of these raters when there is but one", () => {
    const input = draw({ posts: 200, labelled: 60, raters: 1, perText: 1, leaning: 0, noise: 0.2 }, 1)
    assert.strictEqual(contrast(input).population, "these raters")
  })

  it("fits λ once when the labelled part is large", () => {
    const large = draw({ posts: 500, labelled: 240, raters: 20, perText: 1, leaning: 0, noise: 0.2 }, 1)
    assert.isFalse(contrast(large).crossFitted)
    const small = draw({ posts: 500, labelled: 60, raters: 20, perText: 1, leaning: 0, noise: 0.2 }, 1)
    assert.isTrue(contrast(small).crossFitted)
  })

  it("does not depend on order, and follows shift and scale", () => {
    const input = draw({ posts: 200, labelled: 60, raters: 15, perText: 3, leaning: 0.2, noise: 0.2 }, 2)
    const before = contrast(input)
    const shuffled = {
      ...input,
      domains: new Map([...input.domains].toReversed()),
      judge: input.judge.toReversed(),
      human: input.human.toReversed()
    }
    // Summation order within a text is fixed, that over raters is not.
    assert.approximately(contrast(shuffled).estimate, before.estimate, 1e-12)
    assert.approximately(contrast(shuffled).se, before.se, 1e-12)
    const moved = contrast({
      ...input,
      judge: input.judge.map((score) => ({ ...score, score: 3 * score.score - 4 })),
      human: input.human.map((rating) => ({ ...rating, score: 3 * rating.score + 7 }))
    })
    assert.approximately(moved.estimate, 3 * before.estimate, 1e-10)
    assert.approximately(moved.se, 3 * before.se, 1e-10)
  })

  it("has a reason or finite numbers whatever comes in", () => {
    for (let seed = 0; seed < 150; seed++) {
      const random = Random.make(seed)
      const score = () =>
        [1, 2, 3, 3, 1e99, random.below(20) === 0 ? Number.NaN : 4][random.below(seed % 3 === 0 ? 6 : 4)]!
      const posts = Array.from({ length: random.below(14) }, (_, p) => `p${p}`)
      const cell = () => ({
        post: `p${random.below(15)}`,
        source: ["a", "b", "c", "other"][random.below(4)]!
      })
      const result = PpiContrasts.analyse({
        sources: ["a", "b", "c"].slice(0, 1 + random.below(3)),
        domains: new Map(posts.map((post) => [post, `d${random.below(3)}`])),
        judge: Array.from({ length: random.below(120) }, () => ({ ...cell(), score: score() })),
        human: Array.from({ length: random.below(60) }, () => {
          const { post, source } = cell()
          return {
            post: random.next() < 0.6 ? "p1" : post,
            source,
            rater: `r${random.below(4)}`,
            score: score()
          }
        }),
        seed,
        fewest: random.below(2)
      })
      assert.deepStrictEqual(notFinite(result), [], `seed ${seed}`)
    }
  })
})
