import { assert, describe, it } from "@effect/vitest"
import { visible, visibleLines } from "../../harness/leaderboard/visible.ts"

describe("visible", () => {
  it("shows what would act, and leaves the rest", () => {
    assert.strictEqual(visible("a\u001b[31mb\u0007c"), "a␛[31mb␇c")
    assert.strictEqual(visible("one\r\ntwo\tthree\u2028four"), "one  two three four")
    assert.strictEqual(visibleLines("one\r\ntwo\tthree"), "one\ntwo three")
    assert.strictEqual(visible("left \u202eright\u202c \u200bnothing\ufeff"), "left �right� �nothing�")
    assert.strictEqual(visible("half \ud83d, whole 😀, é, 漢"), "half �, whole 😀, é, 漢")
  })

  it("does the same with a character in an otherwise harmless text as among others", () => {
    const differing: string[] = []
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code)
      for (const show of [visible, visibleLines]) {
        // A text with ESC in it is taken apart character by character.
        if (show(character) !== show(`${character}\u001b`).slice(0, -1)) differing.push(code.toString(16))
      }
    }
    assert.deepStrictEqual(differing, [])
  })
})
