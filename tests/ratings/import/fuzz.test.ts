import { assert, describe } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { uniformInt } from "pure-rand/distribution/uniformInt"
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus"
import { FileError } from "../../../harness/catalog/FileError.ts"
import { StoreError } from "../../../harness/store/StoreError.ts"
import { ask, ratings, test } from "./importing.ts"

const csv = `\uFEFFwho,item,model,grade,"how, sure",note
ann,p1,m1,4,"2","first
second"
bob,p1,m1,5,1,"said ""no"""
ann,p2,m2,NA,3,
5f0000000000000000000001,12345678901234567890,m1,2,2,é
cy,p1,m1,3,4,=1+1
`
const json = JSON.stringify([
  { who: "ann", item: "p1", model: "m1", grade: 4, "how, sure": 2, more: { a: [1, null] } },
  { who: "bob", item: "p1", model: "m1", grade: "5", "how, sure": null },
  { who: "5f0000000000000000000001", item: "p2", model: "é", grade: 2, "how, sure": 1 }
])
const lines = JSON.parse(json) as unknown[]
const jsonl = lines.map((line) => JSON.stringify(line)).join("\n")
const seeds = [
  ["csv", csv],
  ["json", json],
  ["jsonl", jsonl]
] as const

const map = `
name: fuzz
rater: who
post: item
source: model
instrument: perceived-empathy
ratings: [{ value: grade }]
`

const FILES = 10_000
const bits = [
  '"',
  ",",
  "\n",
  "\r",
  "\r\n",
  ";",
  "\0",
  "\uFEFF",
  "\u2028",
  "{",
  "}",
  "[",
  "]",
  ":",
  "\\",
  "9",
  "-1",
  "1e9",
  "null",
  "\xff\xfe"
]

/** A file with one to six wounds: bytes lost, doubled, changed, moved, or something put in; sometimes cut off. */
const wound = (bytes: Buffer, next: (most: number) => number): Buffer => {
  let out = bytes
  for (let n = next(5) + 1; n > 0; n--) {
    const at = next(Math.max(0, out.length - 1))
    const to = Math.min(out.length, at + 1 + next(12))
    const [before, part, after] = [out.subarray(0, at), out.subarray(at, to), out.subarray(to)]
    const kind = next(5)
    if (kind === 0) out = Buffer.concat([before, after])
    else if (kind === 1) out = Buffer.concat([before, part, part, after])
    else if (kind === 2) out = Buffer.concat([before, Buffer.from([next(255)]), out.subarray(at + 1)])
    else if (kind === 3)
      out = Buffer.concat([
        before,
        Buffer.from(bits[next(bits.length - 1)]!, next(1) ? "utf8" : "latin1"),
        out.subarray(at)
      ])
    else if (kind === 4) out = Buffer.concat([before, part.reverse(), after])
    else if (next(9) === 0) out = before
  }
  return out
}

const counted = Effect.map(
  ask(
    "SELECT (SELECT COUNT(*) FROM rating), (SELECT COUNT(*) FROM import), (SELECT COUNT(*) FROM rating WHERE value NOT IN (1, 2, 3, 4, 5))"
  ),
  ([row]) => row!.split("|").map(Number) as [number, number, number]
)

describe("damaged files", () => {
  test(
    "give one clear line or a right import, and never part of one",
    () =>
      Effect.gen(function* () {
        const random = xoroshiro128plus(20_361_123)
        const next = (most: number) => uniformInt(random, 0, most)
        const seen = { imported: 0, refused: 0, rejecting: 0 }
        let before = yield* counted
        for (let n = 0; n < FILES; n++) {
          const [ending, text] = seeds[n % seeds.length]!
          const bytes = wound(Buffer.from(text), next)
          // Each is a data set of its own, so that none is spared by what came before.
          const exit = yield* Effect.exit(
            ratings(`f.${ending}`, bytes, map.replace("fuzz", `fuzz-${n}`), { dryRun: n % 10 !== 0 })
          )
          const place = `file ${n}: ${JSON.stringify(bytes.toString("latin1"))}`
          const after = yield* counted
          if (Exit.isFailure(exit)) {
            const error = Exit.findErrorOption(exit)
            assert.isTrue(error._tag === "Some", `${place}: a crash and no error`)
            if (error._tag === "Some") {
              assert.isTrue(error.value instanceof FileError || error.value instanceof StoreError, place)
              assert.notMatch((error.value as Error).message, /undefined|\[object|\n|at Object/, place)
            }
            assert.deepStrictEqual(after, before, place)
            seen.refused++
            continue
          }
          const { account, dryRun } = exit.value
          const { rows } = account
          const given = account.ratings!
          const skipped = Object.values(rows.skipped).reduce((sum, one) => sum + one, 0)
          assert.strictEqual(rows.read, rows.imported + rows.duplicates + rows.rejected + skipped, place)
          assert.strictEqual(
            given.read,
            given.imported + given.duplicates + given.empty + given.rejected,
            place
          )
          const kept = dryRun || given.imported === 0 ? 0 : given.imported
          assert.deepStrictEqual(after, [before[0] + kept, before[1] + (kept > 0 ? 1 : 0), 0], place)
          before = after
          seen.imported++
          if (rows.rejected > 0) seen.rejecting++
        }
        // The wounds are deep enough to matter and not so deep that nothing is left to read.
        assert.isAbove(seen.imported, FILES / 10)
        assert.isAbove(seen.refused, FILES / 10)
        assert.isAbove(seen.rejecting, FILES / 20)
      }),
    240_000
  )
})
