import { spawnSync } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { parse } from "yaml"

const root = fileURLToPath(new URL("../..", import.meta.url))
const page = readFileSync(join(root, "docs/ci.md"), "utf8")

/** The code blocks of a language, in their order. */
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map((match) => match[1]!)

interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Record<string, string>
}

const workflow = parse(blocks("yaml")[0]!) as {
  readonly jobs: { readonly gate: { readonly steps: readonly Step[] } }
}
const steps = workflow.jobs.gate.steps

const folder = mkdtempSync(join(tmpdir(), "warmline-ci-"))
const bin = join(folder, "node_modules/.bin")
const summary = join(folder, "step-summary.md")

/** A step as the runner starts it on Linux: bash, which ends at the first command that fails. */
const shell = (script: string) => {
  const file = join(folder, ".step.sh")
  writeFileSync(file, script)
  const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", file], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: summary,
      CI: "true",
      NO_COLOR: "1"
    }
  })
  return { status, stdout, stderr }
}

/** The model as a pull request leaves it. */
const model = (version: "as it was" | "colder" | "cold") =>
  writeFileSync(
    join(folder, "model.ts"),
    `// ${version}
import { definePlugin } from "warmline"
const warm = "It sounds like you feel hurt and alone, and that makes sense. What has been the hardest part?"
export default definePlugin({
  name: "my-model",
  generate: ({ about }) =>
    ${version === "cold" ? "true" : version === "colder" ? 'about.post.endsWith("-01")' : "false"} ? "Just get over it." : warm
})
`
  )

const own = (step: Step): step is Step & { readonly run: string } => step.run?.includes("warmline") === true

/** A fresh checkout: the store of the last workflow is not there. Runs the workflow's own steps until one fails. */
const runWorkflow = () => {
  rmSync(join(folder, ".warmline"), { recursive: true, force: true })
  rmSync(summary, { force: true })
  let last = { name: "", ...shell("true") }
  for (const step of steps.filter(own)) {
    last = { name: step.name!, ...shell(step.run) }
    if (last.status !== 0) break
  }
  return last
}

beforeAll(() => {
  // What `npm ci` leaves in a project that depends on warmline.
  mkdirSync(bin, { recursive: true })
  const program = (name: string, line: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  program("warmline", `exec node '${join(root, "harness/cli/bin.ts")}' "$@"`)
  // npx, without the second that npm takes to start.
  program("npx", `exec '${bin}'/"$@"`)
  writeFileSync(join(folder, "package.json"), '{ "name": "project", "private": true }')
  writeFileSync(
    join(folder, "study.yaml"),
    `name: mine
title: Mine
seed: 1
suites: [anger, grief]
conditions: [bare]
sources: [{ id: my-model, model: ./model.ts }]
raters: [lexical]
instruments: [perceived-empathy]
`
  )
  model("as it was")
  const saved = shell(blocks("sh")[0]!)
  assert.strictEqual(saved.status, 0, saved.stderr)
  assert.isTrue(existsSync(join(folder, "results/baseline.json")))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("the workflow in docs/ci.md", () => {
  it("has no step that a shell runs but the install and those run here", () => {
    assert.deepStrictEqual(
      steps.filter((step) => step.uses === undefined && !own(step)).map((step) => step.run),
      ["npm ci"]
    )
    assert.strictEqual(steps.filter(own).length, 2)
    // An expression in a script is where other people's words get into a shell.
    assert.notMatch(
      steps
        .filter(own)
        .map((step) => step.run)
        .join(),
      /\$\{\{/
    )
  })

  it("is green where nothing changed", () => {
    const last = runWorkflow()
    assert.deepStrictEqual([last.name, last.status], ["Gate", 0], last.stderr)
    assert.match(readFileSync(summary, "utf8"), /^## ✅ PASS/)
    assert.match(readFileSync(join(folder, "results/gate.xml"), "utf8"), /failures="0" errors="0"/)
  })

  it("is red in the gate's step where the model became worse, and says so where people look", () => {
    model("cold")
    const last = runWorkflow()
    assert.deepStrictEqual([last.name, last.status], ["Gate", 100], last.stderr)
    assert.match(last.stderr, /^::error title=warmline gate::FAIL/m)
    assert.match(readFileSync(summary, "utf8"), /^## ❌ FAIL/)
    assert.match(readFileSync(join(folder, "results/gate.xml"), "utf8"), /<failure /)
  })

  it("is red where the gate is open, unless that code alone is let through", () => {
    model("colder")
    const last = runWorkflow()
    assert.deepStrictEqual([last.name, last.status], ["Gate", 101], last.stdout + last.stderr)
    const lenient = blocks("sh").at(-1)!
    assert.strictEqual(shell(lenient).status, 0)
    model("cold")
    assert.strictEqual(shell(steps.find(own)!.run).status, 0)
    assert.notStrictEqual(shell(lenient).status, 0)
  })
})
