import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { suggest } from "../../harness/catalog/Catalog.ts"
import { decodeYaml } from "../../harness/catalog/YamlFile.ts"
import { StudyFile } from "../../harness/study/Study.ts"

const good = `name: mine
title: Mine
seed: 1
suites: [parenting]
conditions: [base]
sources: [reflective]
instruments: [perceived-empathy]
`

const errorOf = (text: string) =>
  Effect.map(Effect.flip(decodeYaml(StudyFile, text, "study.yaml")), (e) => e.message)

describe("a study file", () => {
  it.effect("reads with defaults filled in", () =>
    Effect.gen(function* () {
      const study = yield* decodeYaml(StudyFile, good, "study.yaml")
      assert.deepStrictEqual([study.epochs, study.raters, study.contrasts], [1, [], []])
    })
  )

  it.effect("is refused with the line, the column and the key of what is wrong", () =>
    Effect.gen(function* () {
      const cases: readonly (readonly [string, RegExp])[] = [
        [good.replace("seed: 1", "seed: one"), /^study\.yaml:3:7 seed: .*"one"/],
        [good.replace("seed: 1\n", ""), /^study\.yaml:1:1 seed: Missing key/],
        [`${good}epocs: 3\n`, /^study\.yaml:8:8 epocs: .*; correct the key/],
        [good.replace("[base]", "[Base!]"), /^study\.yaml:5:14 conditions\[0\]: .*lower-case/],
        [good.replace("[reflective]", "[]"), /^study\.yaml:6:10 sources.*/],
        [`${good}epochs: 0\n`, /^study\.yaml:8:9 epochs: .*0/],
        [good.replace("[parenting]", "[parenting"), /^study\.yaml:\d+:\d+: not valid YAML/],
        ["", /^study\.yaml:1:1: Expected object/]
      ]
      for (const [text, expected] of cases) {
        const message = yield* errorOf(text)
        assert.match(message, expected)
        assert.notInclude(message, "\n")
      }
    })
  )

  it.effect("does not print a whole wrong section", () =>
    Effect.gen(function* () {
      const message = yield* Effect.flip(
        decodeYaml(Schema.Struct({ a: Schema.Int }), `a: ${"x".repeat(5000)}`, "f.yaml")
      )
      assert.isBelow(message.message.length, 300)
    })
  )
})

describe("a suggestion", () => {
  it("is the closest name, or the list where none is close", () => {
    assert.strictEqual(suggest("parentin", ["anger", "parenting"]), "did you mean parenting?")
    assert.strictEqual(suggest("zzz", ["anger", "parenting"]), "known are anger, parenting")
    assert.strictEqual(suggest("x", []), "none are known")
  })
})
