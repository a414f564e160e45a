import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { decodeYaml } from "../../harness/catalog/YamlFile.ts"
import { Instrument, instrumentHash, isOnScale } from "../../harness/study/Instrument.ts"
import { filesOf } from "./shelf.ts"

const read = Effect.forEach(filesOf("instruments"), ([name, text]) =>
  Effect.map(decodeYaml(Instrument, text, `${name}.yaml`), (instrument) => [name, instrument] as const)
)

/** Dimensions, scale and what is reversed, as the publications have them. */
const expected: {
  readonly [name: string]: readonly [dimensions: number, low: number, high: number, reversed: number]
} = {
  "perceived-empathy": [1, 1, 5, 0],
  epitome: [3, 0, 2, 0],
  "lend-an-ear": [6, 1, 5, 3],
  "feeling-heard": [6, 1, 7, 0],
  "empathetic-dialogues": [3, 1, 5, 0],
  // Nine statements, and where the chatbot stands among the others: worst, between, best.
  ieval: [10, 1, 5, 3],
  risk: [4, 0, 3, 4]
}

describe("instruments", () => {
  it.effect("are the seven, each valid, named as its file and of the published shape", () =>
    Effect.gen(function* () {
      const instruments = yield* read
      assert.sameMembers(
        instruments.map(([name]) => name),
        Object.keys(expected)
      )
      for (const [name, instrument] of instruments) {
        assert.strictEqual(instrument.name, name)
        const [count, low, high, reversed] = expected[name]!
        const { dimensions } = instrument
        assert.strictEqual(dimensions.length, count, name)
        assert.strictEqual(new Set(dimensions.map((dimension) => dimension.name)).size, count, name)
        assert.strictEqual(
          dimensions.filter(({ direction }) => direction === "reversed").length,
          reversed,
          name
        )
        for (const { name: dimension, scale } of dimensions) {
          const top = name === "ieval" && dimension === "rating" ? 3 : high
          assert.deepStrictEqual([scale.minimum, scale.maximum, scale.step], [low, top, 1], name)
        }
      }
      const hashes = new Set(instruments.map(([, instrument]) => instrumentHash(instrument)))
      assert.strictEqual(hashes.size, instruments.length)
    })
  )

  it.effect("name both ends of every scale, and no point that is not on it", () =>
    Effect.gen(function* () {
      for (const [name, instrument] of yield* read) {
        for (const { scale } of instrument.dimensions) {
          const points = Object.keys(scale.anchors).map(Number)
          for (const point of points) assert.isTrue(isOnScale(scale, point), `${name}: ${point}`)
          assert.includeMembers(points, [scale.minimum, scale.maximum], name)
        }
      }
    })
  )

  it.effect("keep risk, and what iEval does not sum, out of every sum", () =>
    Effect.gen(function* () {
      for (const [name, { aggregate }] of yield* read) {
        assert.strictEqual(aggregate, name === "risk" || name === "ieval" ? "none" : "mean")
      }
    })
  )

  it.effect("may hold no key that the schema does not know, in a dimension either", () =>
    Effect.gen(function* () {
      for (const [name, text] of filesOf("instruments")) {
        const extra = yield* Effect.flip(decodeYaml(Instrument, `${text}\nreversed: true\n`, `${name}.yaml`))
        assert.match(extra.message, /reversed/)
        const nested = text.replace("    question:", "    reverse: true\n    question:")
        assert.match((yield* Effect.flip(decodeYaml(Instrument, nested, `${name}.yaml`))).message, /reverse/)
      }
    })
  )
})
