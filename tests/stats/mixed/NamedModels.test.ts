import { assert, describe, it } from "@effect/vitest"
import * as Analyze from "../../../harness/stats/mixed/Analyze.ts"
import type { Columns, ModelName } from "../../../harness/stats/mixed/NamedModels.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { columns, sources } from "../TruthRatings.ts"

const models: ReadonlyArray<ModelName> = ["paper", "response", "full", "length", "domain", "ranking"]

const analysis = (data: Columns, options: Analyze.Options): Analyze.Analysis => {
  const result = Analyze.analyze(data, options)
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

/** Crossed ratings; `value` gives the rating from codes and a normal deviate. */
const design = (
  [posts, kinds, raters, n]: readonly [number, number, number, number],
  value: (source: number, post: number, rater: number, noise: number) => number
): Columns & { readonly response: Array<string> } => {
  const random = Random.make(posts * 1000 + n)
  const rows = Array.from({ length: n }, () => {
    const [p, s, r] = [random.below(posts), random.below(kinds), random.below(raters)]
    return { p, s, r, y: value(s, p, r, random.normal()), e: random.below(2) }
  })
  return {
    rating: Float64Array.from(rows, ({ y }) => y),
    source: rows.map(({ s }) => `s${s}`),
    rater: rows.map(({ r }) => `r${r}`),
    post: rows.map(({ p }) => `p${p}`),
    domain: rows.map(({ p }) => `d${p % 3}`),
    length: Float64Array.from(rows, ({ s, p }) => 60 + 10 * s + ((p * 7) % 11)),
    response: rows.map(({ e }) => `e${e}`)
  }
}

const likert = (value: number) => Math.min(5, Math.max(1, Math.round(value)))
const permuted = (data: Columns, order: ReadonlyArray<number>): Columns => ({
  rating: Float64Array.from(order, (i) => data.rating[i]!),
  source: order.map((i) => data.source[i]!),
  rater: order.map((i) => data.rater[i]!),
  post: order.map((i) => data.post[i]!),
  domain: order.map((i) => data.domain![i]!),
  ...(data.length === undefined ? {} : { length: Float64Array.from(order, (i) => data.length![i]!) })
})

const finite = (value: unknown, path = ""): void => {
  if (typeof value === "number") assert.isTrue(Number.isFinite(value), `${path} is ${value}`)
  else if (value !== null && typeof value === "object") {
    for (const [key, inner] of Object.entries(value)) finite(inner, `${path}.${key}`)
  }
}

const sameContrasts = (a: Analyze.Analysis, b: Analyze.Analysis, factor = 1) => {
  assert.strictEqual(a.contrasts.length, b.contrasts.length)
  a.contrasts.forEach((row, i) => {
    const other = b.contrasts[i]!
    assert.closeTo(other.estimate! / factor, row.estimate!, 1e-6)
    assert.closeTo(other.SE! / factor, row.SE!, 1e-6)
    assert.closeTo(other.df! / row.df!, 1, 1e-4)
    assert.closeTo(other.p_adjusted!, row.p_adjusted!, 1e-6)
  })
}

describe("named models", () => {
  const data = columns("A")
  const levels = sources.A!

  for (const model of ["paper", "full", "ranking"] as const) {
    it(`${model} does not depend on the order of the rows, on names, or on the scale`, () => {
      const random = Random.make(3)
      const base = analysis(data, { model, levels })
      const order = [...data.rating.keys()].sort(() => random.next() - 0.5)
      sameContrasts(base, analysis(permuted(data, order), { model, levels }))
      const renamed = {
        ...data,
        rater: data.rater.map((id) => `${id.split("").reverse().join("")}x`),
        post: data.post.map((id) => `z${100 - Number(id.slice(1))}`)
      }
      sameContrasts(base, analysis(renamed, { model, levels }))
      const scaled = { ...data, rating: data.rating.map((value) => 1e5 + 25 * value) }
      const moved = analysis(scaled, { model, levels })
      sameContrasts(base, moved, 25)
      assert.closeTo(moved.emmeans[0]!.emmean!, 1e5 + 25 * base.emmeans[0]!.emmean!, 1e-4)
      // log L changes by −ν·log 25
      const nu = base.n - Object.keys(base.fixef).length
      assert.closeTo(moved.logLik, base.logLik - nu * Math.log(25), 1e-5)
    })
  }

  it("the reference only decides signs and order", () => {
    const ahead = analysis(data, { model: "paper", levels })
    const back = analysis(data, { model: "paper", levels: [...levels].reverse() })
    const find = (name: string) => back.contrasts.find(({ contrast }) => contrast === name)!
    assert.closeTo(find("gpt4 - human").estimate!, -ahead.contrasts[0]!.estimate!, 1e-7)
    assert.strictEqual(ahead.contrasts[0]!.contrast, "human - gpt4")
  })

  it("sources come in the order asked for, then as they first appear", () => {
    const result = analysis(data, { model: "paper", levels: ["mistral", "absent"] })
    const rest = [...new Set(data.source)].filter((source) => source !== "mistral")
    assert.deepStrictEqual(
      result.emmeans.map(({ source }) => source),
      ["mistral", ...rest]
    )
    assert.isTrue(result.notes.some((note) => note.includes("absent")))
  })

  it("ranking is source * domain with four random factors, and domains count alike", () => {
    const b = analysis(columns("B"), { model: "ranking", levels: sources.B! })
    assert.deepStrictEqual(Object.keys(b.ngrps).sort(), [
      "post_id",
      "rater_id",
      "rater_source",
      "response_id"
    ])
    const { fixef } = b
    const domains = ["grief", "health", "love", "money", "work"]
    const mean = domains.reduce((sum, d) => sum + fixef[`domain${d}`]! / 6, fixef["(Intercept)"]!)
    assert.closeTo(b.emmeans[0]!.emmean!, mean, 1e-10)
    assert.isTrue(b.formula.startsWith("rating ~ source * domain + (1 | rater_id)"))
  })

  it("several texts of a post and source get a factor of their own in ranking", () => {
    const many = design([12, 3, 15, 500], (s, p, r, z) => likert(3 + 0.2 * s + 0.3 * Math.sin(p + r) + z))
    assert.property(analysis(many, { model: "ranking" }).ngrps, "text_id")
    const single = { ...many, response: many.response.map(() => "only") }
    assert.notProperty(analysis(single, { model: "ranking" }).ngrps, "text_id")
  })

  it("drops what cannot be fitted and says so", () => {
    const onePost = analysis(
      design([1, 2, 9, 80], (_s, _p, r, z) => likert(3 + 0.5 * Math.sin(5 * r) + z)),
      { model: "full" }
    )
    assert.notProperty(onePost.ngrps, "post_id")
    assert.isTrue(onePost.notes.some((note) => note.includes("(1 | post_id) is left out: it has one level")))
    const oneEach = design([10, 3, 10, 60], (_s, _p, _r, z) => z)
    const strangers = { ...oneEach, rater: oneEach.rater.map((_, i) => `r${i}`) }
    const free = analysis(strangers, { model: "paper" })
    assert.notProperty(free.ngrps, "rater_id")
    assert.isTrue(free.notes.some((note) => note.includes("as many levels as there are rows")))
  })

  it("leaves out missing ratings and counts them", () => {
    const c = analysis(columns("C"), { model: "paper", levels: sources.C! })
    assert.strictEqual(c.n, 217)
    assert.isTrue(c.notes.some((note) => note.startsWith("14 of 231 rows")))
  })

  it("never lets NaN or Infinity out: a finite number, null with a reason, or no result with one", () => {
    const noise = (_s: number, _p: number, _r: number, z: number) => likert(3 + z)
    const cases: Readonly<Record<string, Columns>> = {
      constant: design([5, 3, 5, 60], () => 3),
      "no residual": design([5, 3, 5, 60], (s) => s),
      "one source": design([5, 1, 8, 60], noise),
      "one rater": design([8, 3, 1, 60], noise),
      "four ratings": design([2, 2, 2, 4], noise),
      "ten ratings": design([4, 4, 4, 10], noise),
      "empty cells": design([4, 5, 9, 30], noise),
      "no variance between groups": design([30, 3, 30, 300], (_s, _p, _r, z) => z),
      "huge variances": design(
        [20, 3, 20, 400],
        (_s, p, r, z) => 100 * Math.sin(7.3 * r) + 30 * Math.cos(3 * p) + z / 10
      ),
      nothing: { rating: new Float64Array(0), source: [], rater: [], post: [] }
    }
    for (const [name, table] of Object.entries(cases)) {
      for (const model of models) {
        for (const method of ["reml", "ml"] as const) {
          const result = Analyze.analyze(table, { model, method })
          if (!result.ok) assert.isAbove(result.reason.length, 10)
          else {
            finite(result.value, `${name} ${model} ${method}`)
            for (const row of result.value.contrasts) if (row.lower === null) assert.isString(row.reason)
          }
        }
      }
    }
    assert.isFalse(Analyze.analyze(cases.constant!, { model: "paper" }).ok)
    assert.isFalse(Analyze.analyze(cases["no residual"]!, { model: "paper" }).ok)
    const empty = analysis(cases["empty cells"]!, { model: "domain" })
    assert.isTrue(empty.emmeans.some(({ emmean, reason }) => emmean === null && reason !== undefined))
  })
})
