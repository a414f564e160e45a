import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Analyze from "../../harness/stats/mixed/Analyze.ts"
import { compareAgreement } from "../stats/withR/compareAgreement.ts"
import { compareCluster } from "../stats/withR/compareCluster.ts"
import { columnsOf, compareAnalyses, compareBeyond } from "../stats/withR/compareMixed.ts"
import { compareOthers } from "../stats/withR/compareOthers.ts"
import * as Deviations from "../stats/withR/Deviations.ts"
import * as TruthFolder from "../stats/withR/TruthFolder.ts"
import { csv } from "./simulatedRatings.ts"

const docs = fileURLToPath(new URL("../../docs/", import.meta.url))
const root = fileURLToPath(new URL("../../", import.meta.url))
const page = readFileSync(join(docs, "statistics.md"), "utf8")

/** Every example that shows what it prints. */
const examples = [...page.matchAll(/```(sh|ts)\n([^`]*(?:`(?!``)[^`]*)*)```\n\n```text\n([^`]*)```/g)].map(
  ([, language, code, printed]) => ({ language, code: code!.trim(), printed: printed! })
)

const run = (args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: docs,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" }
  })
  assert.strictEqual(status, 0, stderr)
  return stdout
}

const inFolder = (code: string): string => {
  const folder = mkdtempSync(join(tmpdir(), "warmline-docs-"))
  try {
    const file = join(folder, "example.ts")
    writeFileSync(file, code.replaceAll('"../harness/', `"${join(root, "harness")}/`))
    return run([file])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether `shown` is `printed` but for what a line "…" leaves out. */
const shows = (shown: string, printed: string) => {
  const [first = "", ...parts] = shown.split("…\n")
  assert.isTrue(printed.startsWith(first), `not the beginning of:\n${printed}`)
  let from = first.length
  for (const [i, part] of parts.entries()) {
    const at = i + 1 === parts.length ? printed.length - part.length : printed.indexOf(part, from)
    assert.isTrue(at >= from && printed.startsWith(part, at), `${part}\nis not in:\n${printed}`)
    from = at + part.length
  }
  if (parts.length === 0) assert.strictEqual(printed, shown)
}

describe("docs/statistics.md", () => {
  it("has simulated ratings that are made again as they are", () => {
    assert.strictEqual(readFileSync(join(docs, "simulated-ratings.csv"), "utf8"), csv())
  })

  it("has examples", () => {
    assert.deepStrictEqual(
      examples.map(({ language }) => language),
      ["sh", "sh", "sh", "ts"]
    )
  })

  for (const { language, code, printed } of examples) {
    it(`prints what it says: ${code.split("\n")[0]}`, () => {
      const [command, ...words] = code.split(/\s+/)
      if (language === "sh") assert.strictEqual(command, "warmline")
      shows(printed, language === "sh" ? run([join(root, "harness/cli/bin.ts"), ...words]) : inFolder(code))
    })
  }

  it("says by how much figures deviate from R's, neither less nor much more", () => {
    const truth = TruthFolder.open(fileURLToPath(new URL("../stats/truth", import.meta.url)))
    const deviations = Deviations.make()
    compareAnalyses(
      truth,
      (data, options) => {
        const result = Analyze.analyze(columnsOf(truth, data), options)
        if (!result.ok) throw new Error(result.reason)
        return result.value
      },
      deviations
    )
    compareBeyond(truth, deviations)
    compareCluster(truth, deviations)
    compareAgreement(truth, deviations)
    compareOthers(truth, deviations)
    const groups = deviations.groups()
    for (const { name, worst, tolerance, where } of groups) {
      assert.isAtMost(worst, tolerance, `${name}: ${where}`)
    }
    const documented = page.split("\n").filter((line) => /^\| [^|]+ \| \d+ \|/.test(line))
    const expected = Deviations.markdown(groups)
    assert.strictEqual(documented.length, expected.length)
    for (const [i, row] of expected.entries()) {
      const cells = documented[i]!.split("|")
      // All but the deviation itself, whose last digits may be the machine's.
      assert.deepStrictEqual(cells.toSpliced(3, 1), row.split("|").toSpliced(3, 1))
      const { worst, name, where } = groups[i]!
      const said = Number(cells[3])
      assert.isAtMost(worst, Math.max(2 * said, 1e-13), `${name}: ${where}`)
      if (worst > 1e-9) assert.isAtMost(said, 4 * worst, name)
    }
  })
})
