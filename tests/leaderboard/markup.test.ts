import { assert, describe, it } from "@effect/vitest"
import { html, trusted } from "../../harness/leaderboard/markup.ts"
import { palette } from "../../harness/leaderboard/page/styleSheet.ts"

describe("html", () => {
  it("escapes texts and numbers, in elements and in attributes", () => {
    assert.strictEqual(
      html`<b title="${`"'<>&`}">${"<i>"}${1}</b>`.text,
      '<b title="&quot;&#39;&lt;&gt;&amp;">&lt;i&gt;1</b>'
    )
    assert.strictEqual(html`<p>${"\u0000\u001b\u202e"}</p>`.text, "<p>␀␛�</p>")
  })

  it("keeps its own markup, lists of it, and leaves out what is not there", () => {
    const items = ["a", "<b>"].map((text) => html`<li>${text}</li>`)
    assert.strictEqual(
      html`<ul>${items}</ul>${undefined}${false}`.text,
      "<ul><li>a</li><li>&lt;b&gt;</li></ul>"
    )
    assert.strictEqual(html`${trusted("<hr>")}`.text, "<hr>")
  })

  it("takes nothing for markup because it looks like it", () => {
    const look = { text: "<script>" } as unknown as string
    assert.notInclude(html`<p>${look}</p>`.text, "<script>")
    assert.notInclude(html`<p>${[look]}</p>`.text, "<script>")
  })

  it("refuses templates in which escaping is not enough", () => {
    const text = "x"
    assert.throws(() => html`<a title=${text}>`, /not inside double quotes/)
    assert.throws(() => html`<a ${text}="1">`, /not inside double quotes/)
    assert.throws(() => html`<a title='${text}'>`, /not inside double quotes/)
    assert.throws(() => html`<a href="${text}">`, /attribute that acts/)
    assert.throws(() => html`<a href="x${text}">`, /attribute that acts/)
    assert.throws(() => html`<a onclick="go(${text})">`, /attribute that acts/)
    assert.throws(() => html`<a class="${text}" style="color: ${text}">`, /attribute that acts/)
    assert.strictEqual(html`<a href="#${text}" class="${text}">`.text, '<a href="#x" class="x">')
  })
})

/** Contrast after WCAG 2.2. */
const contrast = (a: string, b: string): number => {
  const luminance = (colour: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
  }
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light! + 0.05) / (dark! + 0.05)
}

describe("palette", () => {
  it("has the contrast that reading needs, in light and dark", () => {
    assert.closeTo(contrast("#ffffff", "#000000"), 21, 1e-9)
    for (const [mode, colours] of Object.entries(palette)) {
      for (const role of ["ink", "quiet", "accent", "human", "judge", "proxy"] as const) {
        for (const ground of [colours.paper, colours.card]) {
          assert.isAtLeast(contrast(colours[role], ground), 4.5, `${mode} ${role}`)
        }
      }
      assert.isAtLeast(contrast(colours.interval, colours.paper), 3, `${mode} interval`)
    }
  })
})
