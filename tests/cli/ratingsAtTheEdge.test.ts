import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Analysis } from "../../harness/stats/mixed/Analyze.ts"
import type { Ranks } from "../../harness/stats/mixed/Ranking.ts"
import { emptyFolder, start } from "./warmline.ts"

type Printed = Analysis & Ranks & { readonly reason?: string }

interface Design {
  readonly sources: number
  readonly posts: number
  readonly raters: number
  /** Raters of a text. */
  readonly per: number
}

/** A pseudo-random number in [0, 1) that depends on nothing but its index. */
const noise = (i: number) => {
  const wave = Math.sin(12.9898 * (i + 1)) * 43758.5453
  return wave - Math.floor(wave)
}

type Rate = (source: number, post: number, rater: number, noise: number) => string | number

const table = ({ sources, posts, raters, per }: Design, rate: Rate): readonly string[] =>
  Array.from({ length: sources * posts * per }, (_, i) => {
    const source = i % sources
    const post = Math.floor(i / sources) % posts
    const rater = (i * 7 + Math.floor(i / raters)) % raters
    return `${rate(source, post, rater, noise(i))},s${source},r${rater},p${post},d${post % 3}`
  })

const likert: Rate = (source, post, rater, z) =>
  Math.min(
    5,
    Math.max(1, Math.round(1.5 + 0.4 * source + 0.8 * Math.sin(5 * rater) + 0.3 * Math.cos(3 * post) + 3 * z))
  )

const small: Design = { sources: 3, posts: 9, raters: 12, per: 4 }

const analyse = Effect.fn(function* (rows: readonly string[], ...args: readonly string[]) {
  const folder = yield* emptyFolder
  writeFileSync(join(folder, "r.csv"), ["rating,source,rater,post,domain", ...rows, ""].join("\n"))
  const { code, stdout, stderr } = yield* start(folder, ["analyze", "r.csv", "--json", ...args])
  assert.notMatch(stdout, /NaN|Infinity/)
  const printed = JSON.parse(stdout) as Printed
  assert.strictEqual(code, printed.reason === undefined ? 0 : 1, stderr)
  if (printed.reason === undefined) explained(printed)
  return printed
}, Effect.scoped)

/** What is not there is there with its reason: JSON writes NaN as null, and so nothing may hide behind one. */
const explained = ({ ranks, distinguishable, not_ranked, emmeans, contrasts, anova, ...rest }: Printed) => {
  if (ranks === null || distinguishable === null) assert.isNotEmpty(not_ranked)
  for (const row of [...emmeans, ...contrasts])
    if (Object.values(row).includes(null)) assert.isString(row.reason, JSON.stringify(row))
  if (anova === null) assert.match(rest.notes.join(), /nothing to compare/)
  else assert.notInclude(Object.values(anova), null)
  assert.notInclude(JSON.stringify(rest), "null")
}

describe("warmline analyze at the edge of what can be estimated", () => {
  const cases: readonly (readonly [
    string,
    readonly string[],
    readonly string[],
    (printed: Printed) => void
  ])[] = [
    [
      "missing ratings and a rater with one rating",
      [...table(small, (s, p, r, z) => (z < 0.2 ? "NA" : likert(s, p, r, z))), "3,s0,once,p0,d0"],
      ["--model", "ranking", "--domain", "domain"],
      ({ n, ngrps, notes }) => {
        assert.strictEqual(ngrps.rater, 13)
        assert.match(notes.join(), new RegExp(`${109 - n} of 109 rows have a missing value`))
      }
    ],
    [
      "a source without variance",
      table(small, (s, p, r, z) => (s === 1 ? 3 : likert(s, p, r, z))),
      ["--model", "full"],
      ({ emmeans }) => {
        assert.closeTo(emmeans[1]!.emmean!, 3, 0.2)
        assert.isAbove(emmeans[1]!.SE!, 0)
      }
    ],
    [
      "raters and sources that fall apart",
      [
        ...table(small, likert),
        ...table({ ...small, raters: 6 }, likert).map((row) => row.replaceAll(/([srp])(\d)/g, "$1x$2"))
      ],
      ["--model", "ranking"],
      ({ not_ranked, contrasts }) => {
        assert.include(not_ranked.join(), "fall into 2 groups with no rating between them")
        assert.lengthOf(contrasts, 15)
      }
    ],
    [
      "posts and raters that make no difference",
      // Every post and rater has the same mean: their variances are 0.
      table({ sources: 2, posts: 6, raters: 6, per: 6 }, (s, p, r) => 3 + s + ((p + r) % 2 === 0 ? 1 : -1)),
      ["--model", "paper"],
      ({ singular, varcomp, notes }) => {
        assert.isTrue(singular)
        assert.strictEqual(varcomp.post, 0)
        assert.include(notes.join(), "the variance of post is estimated as 0")
      }
    ],
    [
      "a cell of source and domain without a rating",
      table(small, likert).filter((row) => !row.includes(",s2,") || !row.endsWith(",d1")),
      ["--model", "domain", "--domain", "domain"],
      ({ emmeans, contrasts, notes }) => {
        assert.isNull(emmeans[2]!.emmean)
        assert.isNotNull(emmeans[0]!.emmean)
        assert.isNull(contrasts[1]!.p_adjusted)
        assert.match(notes.join(), /left out: the ratings do not determine it/)
      }
    ],
    [
      "two sources",
      table({ ...small, sources: 2 }, likert),
      ["--model", "paper"],
      // With two means Tukey's p is Student's.
      ({ contrasts }) => assert.closeTo(contrasts[0]!.p_adjusted!, contrasts[0]!.p!, 1e-12)
    ],
    [
      "one source",
      table({ ...small, sources: 1 }, likert),
      ["--model", "ranking"],
      ({ contrasts, not_ranked }) => {
        assert.isEmpty(contrasts)
        assert.include(not_ranked.join(), "there is one source: nothing to rank")
      }
    ],
    [
      "one post",
      table({ ...small, posts: 1, per: 12 }, likert),
      ["--model", "full"],
      ({ ngrps, notes }) => {
        assert.notProperty(ngrps, "post")
        assert.match(notes.join(), /\(1 \| post\) is left out: it has one level/)
      }
    ],
    [
      "the same rating everywhere",
      table(small, () => 4),
      ["--model", "paper"],
      ({ reason }) => assert.strictEqual(reason, "all ratings are the same")
    ],
    [
      "ratings that the sources tell exactly",
      table(small, (s) => s + 1),
      ["--model", "ranking"],
      ({ reason }) => assert.match(reason!, /reproduces the ratings exactly/)
    ],
    [
      "as many ratings as coefficients",
      ["3,s0,r0,p0,d0", "4,s1,r1,p0,d0", "2,s2,r0,p1,d1"],
      ["--model", "full"],
      ({ reason }) => assert.match(reason!, /3 ratings do not determine 3 coefficients/)
    ]
  ]
  for (const [name, rows, args, expected] of cases) {
    it.live(`has numbers or a reason for ${name}`, () => Effect.map(analyse(rows, ...args), expected))
  }

  it.live("reads and fits 200,000 ratings", () =>
    Effect.map(
      analyse(table({ sources: 4, posts: 500, raters: 200, per: 100 }, likert), "--model", "paper"),
      ({ n, converged }) => {
        assert.strictEqual(n, 200_000)
        assert.isTrue(converged)
      }
    )
  )
})
