import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { checkQuality, rules } from "../../../harness/ratings/quality/checkQuality.ts"
import type { Sheet } from "../../../harness/ratings/quality/Sheet.ts"
import { QualityRules, type RuleName, ruleNames } from "../../../harness/study/QualityRules.ts"
import { answered, faulty, honest, honestPeople, type Person, sheetOf, texts } from "./planted.ts"

const decode = Schema.decodeUnknownSync(QualityRules, { onExcessProperty: "error" })

/** Every rule on, with what only a study knows. */
const all = decode({
  preview: {},
  unfinished: {},
  "duplicate-person": {},
  "too-fast": {},
  attention: { checks: [{ question: "colour", expected: [2] }] },
  "reversed-pairs": { pairs: [{ instrument: "chat", dimension: "polite", reversed: "rude" }] },
  "straight-line": {},
  "missing-inside": {},
  "far-from-others": {}
})

const caught = (sheet: Sheet, declared: QualityRules) =>
  Object.fromEntries(
    checkQuality(sheet, declared).results.map(({ rule, hits }) => [
      rule,
      hits.ok
        ? [...hits.value.keys()].map((s) => sheet.raters[sheet.submissions[s]!.rater]!.name)
        : hits.reason
    ])
  )

const everyone = sheetOf([...honestPeople, ...Object.values(faulty)])

describe("the rules of data quality", () => {
  it("are all here, each under its own name", () => {
    assert.deepStrictEqual(Object.keys(rules), [...ruleNames])
    for (const name of ruleNames) assert.strictEqual(rules[name].name, name)
  })

  for (const name of ruleNames) {
    it(`${name} catches ${faulty[name].name} and no one else`, () => {
      // What a rule catches must not depend on the others: each stands alone here, beside the honest.
      const alone = sheetOf([...honestPeople, faulty[name]])
      assert.deepStrictEqual(
        caught(alone, all),
        Object.fromEntries(ruleNames.map((rule) => [rule, rule === name ? [faulty[name].name] : []]))
      )
      assert.deepStrictEqual(caught(everyone, all)[name], [faulty[name].name])
    })
  }

  it("hit nobody among honest raters", () => {
    assert.deepStrictEqual(
      caught(sheetOf(honestPeople), all),
      Object.fromEntries(ruleNames.map((rule) => [rule, []]))
    )
  })

  it("keep all but those hit, and count what each one hits alone", () => {
    const { kept, results } = checkQuality(everyone, all)
    assert.strictEqual(kept.filter((one) => one === 0).length, ruleNames.length)
    const speed = results.find(({ rule }) => rule === "too-fast")!
    assert.deepStrictEqual([speed.raters, speed.submissions, speed.ratings, speed.onlyThis], [1, 1, 90, 90])
    const both = sheetOf([
      ...honestPeople,
      { name: "both", sittings: [{ seconds: 20, answers: answered({ colour: "5" }) }] }
    ])
    for (const rule of ["too-fast", "attention"]) {
      const one = checkQuality(both, all).results.find((result) => result.rule === rule)!
      assert.deepStrictEqual([one.ratings, one.onlyThis], [90, 0])
    }
  })

  it("exclude nobody unless the study switches them on, and are counted all the same", () => {
    for (const declared of [{}, decode({ "too-fast": { on: false } })]) {
      const { kept, results } = checkQuality(everyone, declared)
      assert.isTrue(kept.every((one) => one === 1))
      const speed = results.find(({ rule }) => rule === "too-fast")!
      assert.deepStrictEqual([speed.on, speed.raters, speed.onlyThis], [false, 1, 90])
    }
    const only = checkQuality(everyone, decode({ "too-fast": {} }))
    assert.strictEqual(only.kept.filter((one) => one === 0).length, 1)
  })

  it("say why they cannot tell, rather than pass everybody", () => {
    const bare = { seconds: null, finished: null, preview: null, answers: answered({}) }
    const sheet = sheetOf(
      honestPeople.map((person, i) => ({ ...person, texts: [2 * i, 2 * i + 1], sittings: [bare] }))
    )
    const pairs = { pairs: [{ instrument: "chat", dimension: "polite", reversed: "curt" }] }
    const found = caught(sheet, decode({ ...all, "reversed-pairs": pairs }))
    assert.deepStrictEqual(found, {
      preview: "no file says which rows are previews",
      unfinished: "no file says which submissions were finished",
      "duplicate-person": [],
      "too-fast": "no file says how long a submission took",
      attention: "no file has attention checks",
      "reversed-pairs": "nobody rated the pair chat: polite and curt",
      "straight-line": "no submission has 10 answers, too few to tell",
      "missing-inside": [],
      "far-from-others": "no text has two raters of one group"
    })
    assert.strictEqual(caught(sheet, {})["reversed-pairs"], "the study declares nothing to check")
  })
})

describe("the thresholds of a study", () => {
  const count = (name: RuleName, declared: object, people: readonly Person[]) => {
    const hits = caught(sheetOf(people), decode({ [name]: declared }))[name]!
    return Array.isArray(hits) ? hits.length : hits
  }

  it("move the line of the speeder, by submission or by rating", () => {
    const half = [...honestPeople, { name: "half", sittings: [{ seconds: 140 }] }]
    assert.strictEqual(count("too-fast", {}, half), 0)
    assert.strictEqual(count("too-fast", { share: 0.5 }, half), 1)
    const short = [...honestPeople, { name: "short", texts: [0, 1, 2], sittings: [{ seconds: 30 }] }]
    assert.strictEqual(count("too-fast", {}, short), 1)
    assert.strictEqual(count("too-fast", { per: "rating" }, short), 0)
    assert.match(String(count("too-fast", { least: 20 }, half)), /no file has 20 timed submissions/)
  })

  it("take the median of a file from its own submissions that count", () => {
    const other = { seconds: 30, batch: "pilot.csv" }
    const pilot = Array.from({ length: 6 }, (_, i) => ({ name: `pilot-${i}`, sittings: [other] }))
    assert.strictEqual(count("too-fast", {}, [...honestPeople, ...pilot]), 0)
    // Many previews clicked through would pull the median down and let the speeder pass.
    const previews = Array.from({ length: 30 }, (_, i) => ({
      name: `author-${i}`,
      sittings: [{ seconds: 5, preview: true }]
    }))
    const sheet = sheetOf([...honestPeople, faulty["too-fast"], ...previews])
    const hits = caught(sheet, decode({ preview: {}, "too-fast": {} }))["too-fast"]
    assert.include(hits, "speeder")
    assert.notInclude(caught(sheet, decode({ "too-fast": {} }))["too-fast"], "speeder")
  })

  it("let a design with several tasks a person be, unless told otherwise", () => {
    const people = [...honestPeople, { name: "worker", texts: [0, 1], sittings: [{}] }]
    const sheet = sheetOf(people)
    const again = { ...sheet, submissions: sheet.submissions.map((s) => ({ ...s, rater: 0 })) }
    // One person made all submissions, over the same texts: only the first stays.
    assert.lengthOf(caught(again, decode({ "duplicate-person": {} }))["duplicate-person"]!, 12)
    const disjoint = sheetOf([
      { name: "one", texts: [0, 1] },
      { name: "two", texts: [2, 3] }
    ])
    const tasks = { ...disjoint, submissions: disjoint.submissions.map((s) => ({ ...s, rater: 0 })) }
    assert.lengthOf(caught(tasks, decode({ "duplicate-person": {} }))["duplicate-person"]!, 0)
    assert.lengthOf(caught(tasks, decode({ "duplicate-person": { count: "any" } }))["duplicate-person"]!, 1)
  })

  it("keep the finished submission of a person who began twice", () => {
    const sheet = sheetOf([
      ...honestPeople,
      { name: "twice", sittings: [{ finished: false }, { finished: true }] }
    ])
    const { results, kept } = checkQuality(sheet, decode({ unfinished: {}, "duplicate-person": {} }))
    assert.deepStrictEqual([...kept.slice(-2)], [0, 1])
    assert.strictEqual(results.find(({ rule }) => rule === "duplicate-person")!.submissions, 0)
  })

  it("allow attention checks to fail, and compare numbers as numbers", () => {
    const answers = answered({ colour: " 2.0 ", animal: "dog" })
    const people = honestPeople.map((person) => ({ ...person, sittings: [{ answers }] }))
    const checks = [
      { question: "colour", expected: [2] },
      { question: "animal", expected: ["cat", "horse"] }
    ]
    assert.strictEqual(count("attention", { checks }, people), 12)
    assert.strictEqual(count("attention", { checks, allowed: 1 }, people), 0)
    const horses = [{ question: "animal", expected: ["dog"] }]
    assert.strictEqual(count("attention", { checks: horses }, people), 0)
    // Without a list the import's own expected values count: here neither is met.
    assert.strictEqual(count("attention", { allowed: 1 }, people), 12)
    assert.strictEqual(count("attention", { allowed: 2 }, people), 0)
    const slip = [{ question: "color", expected: [2] }]
    assert.strictEqual(count("attention", { checks: slip }, people), 'no submission has an answer to "color"')
  })

  it("let pairs contradict by some points and some of the time", () => {
    const pairs = [{ instrument: "chat", dimension: "polite", reversed: "rude" }]
    const off = (by: number, every: number): Person => ({
      name: "off",
      manner: (text, random) => {
        const [warm] = honest(text, random)
        return [warm!, 4, text % every === 0 ? 2 + by : 2]
      }
    })
    assert.strictEqual(count("reversed-pairs", { pairs }, [off(1, 1)]), 0)
    assert.strictEqual(count("reversed-pairs", { pairs }, [off(2, 1)]), 1)
    assert.strictEqual(count("reversed-pairs", { pairs, slack: 2 }, [off(2, 1)]), 0)
    assert.strictEqual(count("reversed-pairs", { pairs }, [off(3, 5)]), 0)
    assert.strictEqual(count("reversed-pairs", { pairs, most: 0.1 }, [off(3, 5)]), 1)
  })

  it("count a run as broken by any other answer, and holes as no answer", () => {
    const line = (manner: Person["manner"] & {}): Person => ({ name: "line", manner })
    const middle = (share: number, value: number | null) =>
      line((text) => [3, 3, text === Math.floor(share * texts.length) ? value : 3])
    assert.strictEqual(count("straight-line", {}, [middle(0.5, 4)]), 0)
    assert.strictEqual(count("straight-line", {}, [middle(0.98, 4)]), 1)
    assert.strictEqual(count("straight-line", {}, [middle(0.5, null)]), 1)
    assert.strictEqual(count("straight-line", { longest: 0.5 }, [middle(0.5, 4)]), 1)
  })

  it("know which texts a rater was meant to see", () => {
    // Rated every question on one source of each post, and nothing of the other sources.
    const one = [...honestPeople, { name: "one", texts: [...texts.keys()].filter((text) => text % 3 === 0) }]
    assert.strictEqual(count("missing-inside", {}, one), 0)
    assert.strictEqual(count("missing-inside", { design: "all-sources" }, one), 1)
    const few = [...honestPeople, { name: "few", texts: [0, 1, 2] }]
    assert.strictEqual(count("missing-inside", { design: "all-sources" }, few), 0)
    assert.strictEqual(count("missing-inside", { design: "complete" }, few), 1)
  })

  it("compare a rater with their own group only", () => {
    // Experts who see the opposite of the crowd are far from the crowd, not from each other.
    const turned = (name: string): Person => ({
      name,
      group: "expert",
      manner: (text, random) => honest(text, random).map((value) => 6 - value!)
    })
    const people = [...honestPeople, turned("e1"), turned("e2"), turned("e3")]
    assert.strictEqual(count("far-from-others", {}, people), 0)
    const mixed = people.map(({ group: _, ...person }) => person)
    assert.strictEqual(count("far-from-others", {}, mixed), 3)
  })
})
