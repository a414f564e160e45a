import { assert, describe, it } from "@effect/vitest"
import type { Link } from "../../../harness/stats/ordinal/CumulativeLink.ts"
import * as Ordinal from "../../../harness/stats/ordinal/Ordinal.ts"
import type { OrdinalProblem } from "../../../harness/stats/ordinal/OrdinalFixed.ts"
import { criterion } from "../../../harness/stats/ordinal/OrdinalLaplace.ts"
import * as Random from "../../../harness/stats/Random.ts"
import { notFinite } from "../finite.ts"
import { permutation } from "../Synthetic.ts"
import { cell, csv, get, json, near } from "../Truth.ts"

interface OrdinalTruth {
  readonly coef: Readonly<Record<string, number>>
  readonly se: ReadonlyArray<number>
  readonly logLik: number
  readonly re_sd?: Readonly<Record<string, number>>
}

const truth = json<{ ordinal: Record<string, OrdinalTruth> }>("reliability.json").ordinal
const A = csv("A.csv")
const levels = ["human", "gpt4", "llama2", "mistral"]
const column = (name: string) => A.map((row) => row[name]!)
const data = (...random: ReadonlyArray<string>): Ordinal.OrdinalData => ({
  ratings: A.map((row) => cell(row.rating)),
  columns: Ordinal.treatment("source", column("source"), levels),
  random: random.map((name) => ({ name, groups: column(name) }))
})

const compare = (actual: Ordinal.OrdinalFit, expected: OrdinalTruth, tolerance: number): void => {
  const rows = [...actual.thresholds, ...actual.coefficients]
  assert.deepStrictEqual(rows.map((row) => row.name).sort(), Object.keys(expected.coef).sort())
  rows.forEach((row, i) => {
    near(row.estimate, expected.coef[row.name]!, tolerance, row.name)
    near(row.se, expected.se[i]!, tolerance, `${row.name} se`)
  })
  near(actual.logLik, expected.logLik, 1e-6, "logLik")
  for (const { name, sd } of actual.random) near(sd, expected.re_sd![name]!, tolerance, name)
}

/** A small synthetic problem with three crossed factors and one column. */
const problem = (link: Link, n: number, sizes: ReadonlyArray<number>) => {
  const random = Random.make(31)
  const groupings = sizes.map((size) => ({
    index: Int32Array.from({ length: n }, (_, i) => (i < size ? i : random.below(size))),
    size
  }))
  const effects = sizes.map((size) => Array.from({ length: size }, () => 0.7 * random.normal()))
  const x = Float64Array.from({ length: n }, () => random.normal())
  const y = Int32Array.from({ length: n }, (_, i) => {
    const effect = groupings.reduce((s, g, j) => s + effects[j]![g.index[i]!]!, 0.5 * x[i]!)
    const latent = effect + random.normal()
    return latent < -1 ? 0 : latent < 0 ? 1 : latent < 1.2 ? 2 : 3
  })
  const model: OrdinalProblem = { link, y, categories: 4, columns: [x] }
  return { model, groupings }
}

describe("Ordinal", () => {
  for (const link of ["logit", "probit"] as const) {
    it(`equals clm, ${link}: coefficients, standard errors, log likelihood`, () => {
      compare(get(Ordinal.fit(data(), { link })), truth[`A_clm_${link}`]!, 1e-5)
    })
  }

  it("equals clmm with crossed raters and posts", () => {
    const fit = get(Ordinal.fit(data("rater_id", "post_id"), { link: "probit" }))
    compare(fit, truth.A_clmm_probit_laplace!, 1e-3)
  })

  it("equals clmm with raters only", () => {
    const fit = get(Ordinal.fit(data("rater_id"), { link: "probit" }))
    const expected = truth.A_clmm_probit_rater_only!
    // R stops early here: its maximum is 4e-4 below the one found, at the tolerance of clmm.
    near(fit.logLik, expected.logLik, 1e-3)
    assert.isAtLeast(fit.logLik, expected.logLik)
    compare(fit, { ...expected, logLik: fit.logLik }, 1e-3)
  })

  it("has the exact gradient of the Laplace criterion, for both links and three crossed factors", () => {
    for (const link of ["logit", "probit"] as const) {
      const { model, groupings } = problem(link, 300, [25, 8, 12])
      const objective = criterion(model, groupings)
      const at = Float64Array.from([-1.3, 0.2, 1.1, 0.4, 0.8, 0.3, 0.6])
      const { gradient } = objective(at)
      const h = 1e-5
      gradient.forEach((value, p) => {
        const plus = objective(at.map((v, i) => (i === p ? v + h : v))).value
        const minus = objective(at.map((v, i) => (i === p ? v - h : v))).value
        near(value, (plus - minus) / (2 * h), 1e-6, `${link} ${p}`)
      })
    }
  })

  it("has one factor twice as one factor with the sum of the variances", () => {
    const { model, groupings } = problem("probit", 300, [25, 8])
    const [raters, posts] = groupings
    const twice = criterion(model, [posts!, raters!, raters!])(
      Float64Array.from([-1.3, 0.2, 1.1, 0.4, 0.5, 0.6, 0.8])
    )
    const once = criterion(model, [raters!, posts!])(Float64Array.from([-1.3, 0.2, 1.1, 0.4, 1, 0.5]))
    near(twice.value, once.value, 1e-10)
    near(twice.gradient[3]!, once.gradient[3]!, 1e-8)
  })

  it("does not depend on row order, group names or spacing of the ratings, and scales with its columns", () => {
    const base = data("rater_id", "post_id")
    const words = { name: "words", values: A.map((row) => cell(row.words)) }
    const expected = get(Ordinal.fit({ ...base, columns: [...base.columns, words] }, { link: "logit" }))
    const order = permutation(A.length, Random.make(4))
    const moved = get(
      Ordinal.fit(
        {
          ratings: order.map((i) => 10 * (base.ratings[i] as number) ** 3),
          columns: [...base.columns, words].map(({ name, values }) => ({
            name,
            values: order.map((i) => (name === "words" ? (values[i] as number) / 100 + 7 : values[i]))
          })),
          random: base.random!.map(({ name, groups }) => ({
            name,
            groups: order.map((i) => `x${groups[i]}`)
          }))
        },
        { link: "logit" }
      )
    )
    near(moved.logLik, expected.logLik, 1e-7)
    expected.coefficients.forEach((row, i) => {
      const scale = row.name === "words" ? 100 : 1
      near(moved.coefficients[i]!.estimate, scale * row.estimate, 1e-5)
      near(moved.coefficients[i]!.se, scale * row.se, 1e-5)
    })
    expected.random.forEach((row, i) => {
      near(moved.random[i]!.sd, row.sd, 1e-5)
    })
    assert.deepStrictEqual(moved.levels, [10, 80, 270, 640, 1250])
  })

  it("fits raters, posts and texts in seconds, and a variance of zero is a result", () => {
    const begin = performance.now()
    const base = data("rater_id", "post_id")
    const texts = { name: "post:source", groups: A.map((row) => `${row.post_id} ${row.source}`) }
    const fit = get(Ordinal.fit({ ...base, random: [...base.random!, texts] }, { link: "probit" }))
    assert.isBelow(performance.now() - begin, 10_000)
    assert.deepStrictEqual(notFinite(fit), [])
    // The texts take up what the posts seemed to have; errors of the source grow accordingly.
    const paper = get(Ordinal.fit(base, { link: "probit" }))
    assert.isTrue(fit.singular)
    assert.strictEqual(fit.random.find(({ name }) => name === "post_id")!.sd, 0)
    assert.isAbove(fit.coefficients[0]!.se, 2 * paper.coefficients[0]!.se)
    assert.isAbove(fit.logLik, paper.logLik)
  })

  it("leaves out rows with holes, and drops a factor with one level or one for every row", () => {
    const base = data("rater_id")
    const short = {
      ratings: base.ratings.slice(0, 400),
      columns: base.columns.map(({ name, values }) => ({ name, values: values.slice(0, 400) })),
      random: [{ name: "rater_id", groups: base.random![0]!.groups.slice(0, 400) }]
    }
    const extra = {
      ratings: [...short.ratings, null, 3],
      columns: short.columns.map(({ name, values }) => ({ name, values: [...values, 1, Number.NaN] })),
      random: [
        { name: "rater_id", groups: [...short.random[0]!.groups, "new", "new"] },
        { name: "one", groups: Array.from({ length: 402 }, () => "same") },
        { name: "row", groups: Array.from({ length: 402 }, (_, i) => `${i}`) }
      ]
    }
    const expected = get(Ordinal.fit(short, { link: "probit" }))
    const actual = get(Ordinal.fit(extra, { link: "probit" }))
    assert.strictEqual(actual.missing, 2)
    assert.deepStrictEqual(actual.dropped, ["one", "row"])
    assert.deepStrictEqual(actual.coefficients, expected.coefficients)
  })

  it("gives reasons: equal ratings, constant or collinear columns, a source with top ratings only", () => {
    const attempt = (ratings: ReadonlyArray<number>, ...columns: ReadonlyArray<ReadonlyArray<number>>) =>
      Ordinal.fit(
        {
          ratings,
          columns: columns.map((values, i) => ({ name: `x${i}`, values })),
          random: [{ name: "g", groups: ratings.map((_, i) => `${i % 2}`) }]
        },
        { link: "probit" }
      )
    const ratings = [1, 2, 3, 2, 1, 3, 2, 3, 1, 2]
    const half = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert.isTrue(attempt(ratings, half).ok)
    assert.isFalse(
      attempt(
        ratings.map(() => 4),
        half
      ).ok
    )
    assert.isFalse(attempt([], []).ok)
    assert.isFalse(
      attempt(
        ratings,
        ratings.map(() => 1)
      ).ok
    )
    const collinear = attempt(
      ratings,
      half,
      half.map((x) => 1 - x)
    )
    assert.isFalse(collinear.ok)
    assert.include(collinear.ok ? "" : collinear.reason, "collinear")
    for (const link of ["logit", "probit"] as const) {
      const separated = Ordinal.fit(
        { ratings: [1, 2, 3, 2, 1, 5, 5, 5, 5, 5], columns: [{ name: "x", values: half }] },
        { link }
      )
      assert.isFalse(separated.ok)
      assert.include(separated.ok ? "" : separated.reason, "finite")
    }
  })
})
