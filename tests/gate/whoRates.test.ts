import { assert, describe, it } from "@effect/vitest"
import { drifted, driftOf } from "../../harness/gate/drift.ts"
import type { Metric } from "../../harness/gate/Metric.ts"
import { criteriaOf, missingOf } from "../../harness/gate/pairPosts.ts"
import type { Prepared } from "../../harness/gate/prepare.ts"
import type { ScoredText } from "../../harness/gate/readTexts.ts"
import { chooseRaters, kindOf, type Sides } from "../../harness/gate/whoRates.ts"
import type { ManifestJudge } from "../../harness/run/Manifest.ts"
import { RunError } from "../../harness/run/RunError.ts"
import { warmth } from "../judge/judges.ts"

const judge = (id: string, more: Partial<ManifestJudge> = {}) =>
  ({ id, version: "v", excluded: [], own: [], ...more }) as unknown as ManifestJudge

const proxy = { id: "lexical", kind: "proxy", plugin: "lexical", version: "1" }

const sides = (run: readonly ManifestJudge[], before: readonly ManifestJudge[] = run) =>
  ({
    manifest: { run: "r-00000000", raters: [proxy], judges: run },
    baseline: { raters: [proxy], judges: before, source: { id: "old" } },
    source: "new"
  }) as unknown as Sides

const chosen = (of: Sides, named: readonly string[] = []) => {
  const kind = kindOf(of, named)
  if (kind instanceof RunError) throw kind
  const found = chooseRaters(of, kind, named)
  if (found instanceof RunError) throw found
  return found
}

describe("whose ratings a gate goes by", () => {
  it("is the judges where there are any, else the proxies, and whom it is told", () => {
    const both = sides([judge("a"), judge("b")])
    assert.deepStrictEqual(
      chosen(both).judges.map(({ id }) => id),
      ["a", "b"]
    )
    assert.deepStrictEqual(
      chosen(both, ["b"]).judges.map(({ id }) => id),
      ["b"]
    )
    assert.strictEqual(chosen(both, ["lexical"]).kind, "proxy")
    assert.strictEqual(chosen(sides([])).kind, "proxy")
    assert.throws(() => chosen(both, ["a", "lexical"]), /judges and proxies never share a score/)
    assert.throws(() => chosen(both, ["c"]), /--rater c: neither the run nor the baseline/)
  })

  it("takes a judge asked in two ways as it was asked last", () => {
    const twice = [judge("a", { version: "1" as never }), judge("a", { version: "2" as never })]
    assert.deepStrictEqual(
      chosen(sides(twice)).judges.map(({ version }) => version as string),
      ["2"]
    )
  })

  it("leaves out a judge that is kin of either side, on both, and names one that rates its own", () => {
    const here = chosen(sides([judge("a", { excluded: ["new"] }), judge("b")]))
    assert.deepStrictEqual(
      here.judges.map(({ id }) => id),
      ["b"]
    )
    assert.match(here.notes[0]!, /^a does not rate its own family/)
    const there = chosen(sides([judge("a"), judge("b")], [judge("a"), judge("b", { excluded: ["old"] })]))
    assert.deepStrictEqual(
      there.judges.map(({ id }) => id),
      ["a"]
    )
    assert.throws(
      () => chosen(sides([judge("a", { excluded: ["new"] })])),
      /a is of the family of the candidate or the baseline/
    )
    assert.match(
      chosen(sides([judge("a", { own: ["new"] })])).notes[0]!,
      /^a rates its own family \(--allow-self\): new/
    )
  })
})

const metric: Metric = { name: "warmth", instrument: warmth, measure: "aggregate", turned: false }

/** A text with what judges gave it; `undefined`: unscored. */
const text = (post: number, scores: Readonly<Record<string, number | undefined>>) =>
  ({
    suite: "s",
    domain: "d",
    post: `p${post}`,
    epoch: 1,
    outcome: "ok",
    text: `${post}`,
    scores: new Map(),
    byRater: new Map(
      Object.entries(scores).map(([id, score]) => [
        id,
        new Map(score === undefined ? [] : [["warmth aggregate", score]])
      ])
    )
  }) as unknown as ScoredText

describe("posts paired by a panel", () => {
  // Judge b is two points kinder than a; it says nothing of the candidate's first text.
  const candidate = [0, 1, 2, 3].map((post) => text(post, { a: 3, b: post === 0 ? undefined : 5 }))
  const again = [0, 1, 2, 3].map((post) => text(post, { a: 3, b: post === 1 ? undefined : 5 }))
  const saved = again.map(({ suite, post, epoch, outcome }) => ({
    suite,
    post,
    epoch,
    outcome,
    scores: {},
    byRater: { a: { "warmth aggregate": 3 }, b: { "warmth aggregate": 4.5 } }
  }))
  const prepared = {
    kind: "judge",
    counting: ["a", "b"],
    texts: candidate,
    posts: candidate.map(({ suite, domain, post }) => ({ suite, domain, post })),
    margins: [metric],
    ceilings: [],
    options: { margin: 0.2, baseline: { texts: saved } }
  } as unknown as Prepared

  it("are those that every judge scored on both sides; the others are counted by who said nothing", () => {
    const all = criteriaOf(prepared, again)
    assert.deepStrictEqual(all[0]!.criterion.posts, [
      { domain: "d", candidate: [4], baseline: [4] },
      { domain: "d", candidate: [4], baseline: [4] }
    ])
    assert.deepStrictEqual(missingOf(prepared, again, all), [
      { reason: "answered but not scored by b", posts: 1 },
      { reason: "with a baseline text not scored by b", posts: 1 }
    ])
  })

  it("show each judge's drift by its name", () => {
    const drift = driftOf(prepared, again)
    assert.deepStrictEqual(
      drift.map((entry) => [entry.rater, entry.posts, entry.estimate, drifted(entry)]),
      [
        ["a", 4, 0, false],
        ["b", 3, 0.5, true]
      ]
    )
  })
})
