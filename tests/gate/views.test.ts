import { assert, describe, it } from "@effect/vitest"
import { DOMParser } from "linkedom"
import { renderAnnotations } from "../../harness/gate/annotations.ts"
import { renderJunit } from "../../harness/gate/junit.ts"
import { renderSummary } from "../../harness/gate/summary.ts"
import { escapeMarkdown } from "../../harness/leaderboard/markdown.ts"
import { hostileTexts } from "../leaderboard/hostileTexts.ts"
import { sampleGate } from "./sampleGate.ts"

/** The elements of a document, by name. */
const elements = (xml: string, name: string) => [
  ...new DOMParser().parseFromString(xml, "text/xml").querySelectorAll(name)
]

const hostile = [
  ...hostileTexts,
  "a\n::error::not mine",
  "::stop-commands::x",
  "x%0A::error::y",
  "a,title=b::c",
  "]]></system-out>",
  "tail \uFFFE and \u0001",
  "| a | b |\n## head",
  "![x](https://x.example)"
]

describe("JUnit", () => {
  it("makes a broken criterion a failure, an open one an error, and the rest green", () => {
    const xml = renderJunit(sampleGate())
    assert.strictEqual(elements(xml, "testcase").length, 2)
    assert.strictEqual(elements(xml, "failure").length, 1)
    assert.strictEqual(elements(xml, "error").length, 1)
    const suite = elements(xml, "testsuite")[0]!
    assert.deepStrictEqual(
      ["tests", "failures", "errors"].map((name) => suite.getAttribute(name)),
      ["2", "1", "1"]
    )
    assert.match(elements(xml, "error")[0]!.textContent!, /60 more posts/)
    const pass = renderJunit(sampleGate("mine", "pass"))
    assert.strictEqual(elements(pass, "failure").length + elements(pass, "error").length, 0)
  })

  it("is not all green where a gate is open for missing posts alone", () => {
    const held = sampleGate("mine", "pass")
    const xml = renderJunit({ ...held, answer: "inconclusive" })
    assert.strictEqual(elements(xml, "error").length, 1)
    assert.strictEqual(elements(xml, "testsuite")[0]!.getAttribute("tests"), "3")
  })

  it("holds whatever is in a name as text", () => {
    const plain = renderJunit(sampleGate())
    for (const name of hostile) {
      const xml = renderJunit(sampleGate(name))
      for (const tag of ["testcase", "failure", "error", "property", "script", "img", "*"]) {
        assert.strictEqual(elements(xml, tag).length, elements(plain, tag).length, `${tag}: ${name}`)
      }
      // XML 1.0, 2.2: what no document may hold.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
      assert.notMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\uFFFE\uFFFF]/)
      assert.isTrue(xml.isWellFormed())
    }
  })
})

describe("the step summary", () => {
  it("says answer, numbers, what would decide, and that a proxy is one", () => {
    const text = renderSummary(sampleGate("mine", "inconclusive"))
    assert.match(text, /^## ⚠️ INCONCLUSIVE/)
    assert.match(text, /−0\.67 to −0\.33/)
    assert.match(text, /60 more posts \(100 in all\), or 2 more epochs/)
    assert.match(text, /PROXY/)
    assert.match(text, /2 refused by the model/)
    assert.match(text, /\+0\.30 on mine/)
  })

  it("keeps its lines and cells whatever is in a name", () => {
    const lines = (text: string) => text.split("\n")
    const plain = lines(renderSummary(sampleGate()))
    for (const name of hostile) {
      const given = lines(renderSummary(sampleGate(name)))
      assert.strictEqual(given.length, plain.length, name)
      given.forEach((line, i) => {
        assert.strictEqual(line.split(/(?<!\\)\|/).length, plain[i]!.split(/(?<!\\)\|/).length, name)
      })
      assert.include(given.join("\n"), escapeMarkdown(`${name}/one`))
      assert.notMatch(given.join("\n"), /(?<!\\)<[a-z/!]/i)
    }
  })
})

describe("annotations", () => {
  it("are an error for the gate and for each criterion that is not held", () => {
    const lines = renderAnnotations(sampleGate())
    assert.deepStrictEqual(
      lines.map((line) => line.slice(0, line.indexOf(" "))),
      ["::error", "::error", "::warning"]
    )
    assert.match(renderAnnotations(sampleGate("mine", "pass")).join("\n"), /^::notice [^\n]+$/)
  })

  it("are one command a line whatever is in a name", () => {
    for (const name of hostile) {
      const lines = renderAnnotations(sampleGate(name)).join("\n").split("\n")
      assert.strictEqual(lines.length, 3, name)
      for (const line of lines) {
        // As the runner reads it: a command, its properties up to the first ::, its message.
        const [, , properties] = /^::(error|warning) (.*?)::/.exec(line)!
        assert.match(properties!, /^title=warmline gate[^,:]*$/, name)
        assert.notMatch(line.replaceAll(/%(25|0D|0A|3A|2C)/g, ""), /%/, name)
      }
    }
  })
})
