import { assert, describe, it } from "@effect/vitest"
import { displayWidth, fitted, truncated, wrapped } from "../../harness/leaderboard/displayWidth.ts"
import { visible, visibleLines } from "../../harness/leaderboard/visible.ts"

describe("displayWidth", () => {
  it("counts the cells that terminals use", () => {
    const cells: [string, number][] = [
      ["plain", 5],
      ["", 0],
      ["温かい", 6],
      ["한국어", 6],
      ["한국", 4],
      ["ﾊﾝｶｸ", 4],
      ["Ａ", 2],
      ["é", 1],
      ["e\u0301", 1],
      ["🌷", 2],
      ["👩‍🚀", 2],
      ["👨‍👩‍👧‍👦", 2],
      ["🇩🇪", 2],
      ["❤️", 2],
      ["©", 1],
      ["שלום", 4],
      ["…", 1]
    ]
    for (const [text, expected] of cells) assert.strictEqual(displayWidth(text), expected, text)
  })

  it("cuts between graphemes and fills to the cell", () => {
    assert.strictEqual(truncated("abcdef", 4), "abc…")
    assert.strictEqual(truncated("温かい返信", 6), "温か…")
    assert.strictEqual(fitted("温かい返信", 6), "温か… ")
    assert.strictEqual(truncated("a👨‍👩‍👧‍👦bc", 3), "a…")
    assert.strictEqual(fitted("ab", 4, "right"), "  ab")
  })

  it("wraps at spaces, and inside a word only where it must", () => {
    assert.deepStrictEqual(wrapped("one two three", 7), ["one two", "three"])
    assert.deepStrictEqual(wrapped("abcdefgh ij", 4), ["abcd", "efgh", "ij"])
    assert.deepStrictEqual(wrapped("", 4), [])
  })
})

describe("visible", () => {
  it("shows what would act", () => {
    assert.strictEqual(visible("\u001b[2J\u0007\u007f"), "␛[2J␇␡")
    assert.strictEqual(visible("a\r\nb\tc\u2028d"), "a  b c d")
    assert.strictEqual(visible("\u009b31m\u202eabc\u2066\u200b\ufeff"), "�31m�abc���")
    assert.strictEqual(visible("\ud800x"), "�x")
    assert.strictEqual(visibleLines("a\r\nb\u001b"), "a\nb␛")
  })

  it("leaves text in any script as it is", () => {
    const text = "温かい שלום 👩‍🚀 naïve — “quoted”"
    assert.strictEqual(visible(text), text)
  })
})
