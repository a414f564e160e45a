import { spawnSync } from "node:child_process"
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { parse } from "yaml"
import { formatNames } from "../../harness/ratings/openFile.ts"
import { RatingsMap } from "../../harness/ratings/RatingsMap.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const page = readFileSync(join(root, "docs/ratings.md"), "utf8")
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map((match) => match[1]!)

const folder = mkdtempSync(join(tmpdir(), "warmline-ratings-doc-"))

/** Every command of a block, in its order, as the page has it. */
const shell = (script: string) => {
  const run = script.replaceAll(/^npx warmline/gm, `node ${JSON.stringify(join(root, "harness/cli/bin.ts"))}`)
  const { status, stdout, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", run], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, NO_COLOR: "1" }
  })
  return { status, stdout, said: `${stdout}\n${stderr}` }
}

const bots = ["Pink", "Purple", "Yellow", "Green"] as const
const grade = (n: number, most = 5) => 1 + (((n * 2_654_435_761) >>> 7) % most)

/** Twelve tasks in the shape of iEval, with made-up grades and without its words. */
const tasks = Array.from({ length: 12 }, (_, part) => {
  const chat = (n: number) => {
    const warm = grade(n)
    const near = (more: number) => Math.min(5, Math.max(1, warm + (grade(n + more, 3) - 2)))
    const rest = {
      EU: warm,
      ER: near(1),
      A: near(2),
      "^A": 6 - near(3),
      L: near(6),
      R: 6 - near(7),
      S: near(8)
    }
    return { chat_log: "", P: near(4), "^P": 6 - near(5), ...rest, Rating: grade(n + 9, 3) }
  }
  const side = (at: number) => ({
    conv_id: `hit:${part}_conv:${at}`,
    emotion: at === 0 ? "proud" : "lonely",
    prompt: "",
    ...Object.fromEntries(bots.map((bot, k) => [bot, chat(part * 8 + at * 4 + k)]))
  })
  return {
    part,
    elapsed_sec: 600 + part,
    elapsed_min: 10,
    TEQ_raw: [1, 2],
    TEQ_agg: 3,
    positive: side(0),
    negative: side(1)
  }
})

interface Chat {
  readonly [name: string]: number
}
const chatsOf = (task: (typeof tasks)[number]) =>
  [task.positive, task.negative].map((side) =>
    bots.map((bot) => (side as unknown as Record<string, Chat>)[bot]!)
  )
const situations = tasks.flatMap(chatsOf)

/** Pearson's r by its definition. */
const r = (x: readonly number[], y: readonly number[]) => {
  const mean = (v: readonly number[]) => v.reduce((a, b) => a + b, 0) / v.length
  const [mx, my] = [mean(x), mean(y)]
  const sum = (f: (i: number) => number) => x.reduce((total, _, i) => total + f(i), 0)
  return (
    sum((i) => (x[i]! - mx) * (y[i]! - my)) /
    Math.sqrt(sum((i) => (x[i]! - mx) ** 2) * sum((i) => (y[i]! - my) ** 2))
  )
}

/** Friedman's chi-square with ties by Conover's formula, from squared ranks. */
const friedman = (blocks: readonly (readonly number[])[]) => {
  const k = 4
  const ranks = blocks.map((block) =>
    block.map((v) => block.filter((w) => w < v).length + (block.filter((w) => w === v).length + 1) / 2)
  )
  const n = blocks.length
  const squares = ranks.flat().reduce((s, rank) => s + rank ** 2, 0)
  const sums = bots.map((_, j) => ranks.reduce((s, row) => s + row[j]!, 0))
  const middle = (n * k * (k + 1) ** 2) / 4
  return ((k - 1) * (sums.reduce((s, one) => s + one ** 2, 0) - n * middle)) / (squares - middle)
}

const survey = readFileSync(new URL("../ratings/import/files/mturk.csv", import.meta.url), "utf8")

describe("docs/ratings.md", () => {
  beforeAll(() => {
    writeFileSync(join(folder, "survey.csv"), survey)
    writeFileSync(join(folder, "ieval_data.json"), JSON.stringify(tasks))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it("begins with commands that do what they say", () => {
    const { status, said } = shell(blocks("bash")[0]!)
    assert.strictEqual(status, 0, said)
    assert.include(said, "survey.csv: ratings are in survey-")
    assert.include(said, "Data quality of survey-")
  })

  it("names every key of a map and every format, and its maps are maps", () => {
    for (const key of Object.keys(RatingsMap.fields)) assert.match(page, new RegExp(`\\b${key}\\b`), key)
    for (const name of formatNames) assert.include(page, `\`${name}\``)
    const maps = blocks("yaml").map((text) => parse(text) as object)
    const base = { rater: "who", ratings: [{ value: "grade" }] }
    for (const map of maps) Schema.decodeUnknownSync(RatingsMap)({ ...base, ...map })
    for (const keys of [
      ["rater", "ratings"],
      ["raterKind", "panel"],
      ["join", "skip"]
    ])
      assert.isTrue(
        maps.some((map) => keys.every((key) => key in map)),
        `${keys}`
      )
  })

  it("has an instrument of the reader's own that files are imported against, half points and all", () => {
    const [, name, text] = /^```yaml (\S+\.yaml)\n([\s\S]*?)^```$/m.exec(page)!
    writeFileSync(join(folder, name!), text!)
    writeFileSync(join(folder, "half.csv"), "item,model,e1,gpt-4\np1,m,2.5,3\np2,m,0,5.5\n")
    writeFileSync(
      join(folder, "half.yaml"),
      `post: item\nsource: model\ninstrument: ./${name}\nratings:\n  - { raters: [e1], panel: expert }\n  - { raters: [gpt-4], raterKind: judge }\n`
    )
    const { said } = shell(
      "npx warmline import ratings half.csv --map half.yaml || true\nnpx warmline agreement half-81c41ef2"
    )
    assert.match(said, /imported +2 +3/)
    assert.include(said, "1 × off the scale, which goes from 0 to 5 in steps of 0.5")
    assert.include(said, "Verdicts of judges: gpt-4.")
    assert.match(said, /npx warmline agreement half-/)
    assert.include(said, "empathy-0-5, empathy (0 to 5)")
  })

  it("imports a file in iEval's shape, and the script finds the figures that the file has", () => {
    const commands = shell(blocks("bash")[1]!)
    assert.strictEqual(commands.status, 0, commands.said)
    assert.include(commands.said, "New: 24 posts, 96 responses, 12 people.")
    assert.match(
      commands.said,
      /not estimable: one rater a text: alpha, interval, alpha, ordinal, ICC\(2,1\), ICC\(2,k\)/
    )

    // The page's script stands in a folder of the checkout.
    symlinkSync(join(root, "harness"), join(folder, "harness"))
    const script = join(root, "docs", `.ratings-${process.pid}.ts`)
    writeFileSync(script, blocks("ts")[0]!)
    copyFileSync(script, join(folder, "script.ts"))
    const found = shell(`node ${JSON.stringify(script)}`)
    rmSync(script)
    assert.strictEqual(found.status, 0, found.said)
    const numbers = new Map(
      found.stdout
        .trimEnd()
        .split("\n")
        .map((line) => {
          const at = line.indexOf(" {")
          const { value } = JSON.parse(line.slice(at)) as { value: { estimate?: number; statistic?: number } }
          return [line.slice(0, at), value.estimate ?? value.statistic!]
        })
    )
    const column = (name: string) => situations.flat().map((chat) => chat[name]!)
    const near = (name: string, expected: number) =>
      assert.approximately(numbers.get(name)!, expected, 1e-12, name)
    near("r understood responded", r(column("EU"), column("ER")))
    near("r attentive sensible", r(column("A"), column("S")))
    near("r polite insulting", r(column("P"), column("^P")))
    near("r attentive inattentive", r(column("A"), column("^A")))
    near("Friedman rating", friedman(situations.map((four) => four.map((chat) => chat.Rating!))))
    near(
      "Friedman empathy",
      friedman(situations.map((four) => four.map((chat) => (chat.EU! + chat.ER!) / 2)))
    )
  })
})
