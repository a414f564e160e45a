import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import type { Leaderboard } from "../../harness/leaderboard/Leaderboard.ts"
import { storedRows } from "./storedRows.ts"
import { emptyFolder, start } from "./warmline.ts"

const small = ["run", "--limit", "2", "--display", "none"]

describe("warmline run", () => {
  it.live("runs the quick study, writes four files, and does no work the second time", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const first = yield* start(folder, ["run", "-o", "out", "--display", "plain"])
      assert.strictEqual(first.code, 0, first.stderr)
      assert.match(first.stdout, /PROXY/)
      assert.match(first.stdout, /360 calls were made/)
      assert.match(first.stderr, /generate 360\/360/)
      const counts = storedRows(folder)
      // Two instruments of one and six dimensions.
      assert.deepStrictEqual(counts, { responses: 360, distinct: 360, calls: 360, ratings: 360 * 7 })
      const files = ["json", "csv", "md", "html"].map((ending) =>
        join(folder, "out", `leaderboard.${ending}`)
      )
      const texts = files.map((file) => readFileSync(file, "utf8"))
      const second = yield* start(folder, ["run", "-o", "out", "--display", "plain"])
      assert.match(second.stdout, /0 calls were made/)
      assert.deepStrictEqual(
        files.map((file) => readFileSync(file, "utf8")),
        texts
      )
      assert.deepStrictEqual(storedRows(folder), counts)
      const table = (text: string) => text.slice(0, text.indexOf("calls were made")).replace(/\n[^\n]*$/, "")
      assert.strictEqual(table(second.stdout), table(first.stdout))
    }).pipe(Effect.scoped)
  )

  it.live("puts the controls in their known order, separated", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const { stdout } = yield* start(folder, ["run", "--json", "--display", "none"])
      const board = JSON.parse(stdout) as Leaderboard
      for (const table of board.tables) {
        const contrast = table.contrasts.find(({ a, b }) => a === "reflective" && b === "dismissive")!
        assert.isAbove(contrast.lower, 0, table.instrument)
        assert.strictEqual(table.raterKind, "proxy")
        assert.match(table.estimand, /PROXY/)
      }
      assert.strictEqual(board.tables.length, 2)
    }).pipe(Effect.scoped)
  )

  it.live("prints nothing but JSON on stdout with --json", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const { stdout, stderr, code } = yield* start(folder, [...small, "--json"])
      assert.strictEqual(code, 0, stderr)
      assert.strictEqual((JSON.parse(stdout) as Leaderboard).answered, 36)
    }).pipe(Effect.scoped)
  )

  it.live("plans without asking or keeping anything with --dry-run", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      const { stdout, code } = yield* start(folder, ["run", "--dry-run"])
      assert.strictEqual(code, 0)
      assert.match(stdout, /120 posts × 3 sources × 1 condition × 1 epoch = 360 answers/)
      assert.isFalse(existsSync(join(folder, ".warmline")))
    }).pipe(Effect.scoped)
  )
})

/** A plugin that writes each call to a file, and takes its time. */
const logging = (milliseconds: number) => `
import { appendFileSync } from "node:fs"
import { definePlugin } from "warmline"
export default definePlugin({
  name: "logging",
  generate: async ({ about, signal }) => {
    await new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ${milliseconds})
      signal.addEventListener("abort", () => { clearTimeout(timer); reject(new Error("aborted")) })
    })
    appendFileSync(new URL("calls.log", import.meta.url), about.suite + "/" + about.post + "\\n")
    return "I hear how hard this is."
  }
})
`

const study = (suites: string) => `
name: killed
title: Killed and started again
seed: 5
suites: ${suites}
conditions: [bare]
sources: [./logging.ts]
raters: [lexical]
instruments: [perceived-empathy]
`

const callsIn = (folder: string) =>
  readFileSync(join(folder, "calls.log"), "utf8").split("\n").filter(Boolean)

describe("a run that is cut short", () => {
  it.live("by kill -9 at ten moments, ends with exactly the planned rows, none twice", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      writeFileSync(join(folder, "logging.ts"), logging(15))
      writeFileSync(
        join(folder, "study.yaml"),
        study("[parenting, relationships, workplace, anger, anxiety]")
      )
      appendFileSync(join(folder, "calls.log"), "")
      const connections = 4
      const args = ["run", "study.yaml", "--display", "none", "--max-connections", String(connections)]
      let kills = 0
      for (let round = 0; round < 10; round++) {
        const { signal } = yield* start(folder, args, (child) => {
          // Three while it is starting up, wherever that is then; seven between one call and the next.
          if (round < 3) {
            setTimeout(() => child.kill("SIGKILL"), 100 + round * 150)
            return
          }
          const enough = callsIn(folder).length + 1 + ((round * 5) % 7)
          const look = setInterval(() => {
            if (child.exitCode !== null || child.signalCode !== null) clearInterval(look)
            else if (callsIn(folder).length >= enough) child.kill("SIGKILL")
          }, 2)
        })
        if (signal === "SIGKILL") kills++
      }
      const last = yield* start(folder, args)
      assert.strictEqual(last.code, 0, last.stderr)
      assert.deepStrictEqual(storedRows(folder), { responses: 100, distinct: 100, calls: 100, ratings: 100 })
      const calls = callsIn(folder)
      assert.strictEqual(new Set(calls).size, 100)
      assert.strictEqual(kills, 10)
      // What is asked again is at most what was in flight when a process was killed.
      assert.isAtMost(calls.length, 100 + kills * connections)
      const database = new DatabaseSync(join(folder, ".warmline/store.db"), { readOnly: true })
      assert.deepStrictEqual(
        { ...database.prepare("PRAGMA integrity_check").get() },
        { integrity_check: "ok" }
      )
      database.close()
    }).pipe(Effect.scoped)
  )

  it.live("by Ctrl-C, ends with 130, says how to go on, and goes on", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      writeFileSync(join(folder, "logging.ts"), logging(40))
      writeFileSync(join(folder, "study.yaml"), study("[parenting, relationships]"))
      const args = ["run", "study.yaml", "--display", "plain", "--max-connections", "2"]
      const stopped = yield* start(folder, args, (child) => {
        const look = setInterval(() => {
          if (existsSync(join(folder, "calls.log")) && callsIn(folder).length >= 4) {
            clearInterval(look)
            child.kill("SIGINT")
          }
        }, 5)
      })
      assert.strictEqual(stopped.code, 130)
      assert.match(stopped.stderr, /interrupted; what is finished is kept .* the same command goes on/)
      const before = callsIn(folder).length
      assert.isBelow(before, 40)
      const resumed = yield* start(folder, args)
      assert.strictEqual(resumed.code, 0, resumed.stderr)
      assert.strictEqual(storedRows(folder).distinct, 40)
      assert.strictEqual(new Set(callsIn(folder)).size, 40)
    }).pipe(Effect.scoped)
  )

  it.live("by a second process on the same run, is told apart and left alone", () =>
    Effect.gen(function* () {
      const folder = yield* emptyFolder
      writeFileSync(
        join(folder, "logging.ts"),
        `import { existsSync, writeFileSync } from "node:fs"
import { definePlugin } from "warmline"
const at = (name: string) => new URL(name, import.meta.url)
export default definePlugin({
  name: "gated",
  generate: async () => {
    writeFileSync(at("begun"), "")
    while (!existsSync(at("go"))) await new Promise((resolve) => setTimeout(resolve, 10))
    return "I hear how hard this is."
  }
})`
      )
      writeFileSync(join(folder, "study.yaml"), study("[parenting, relationships]"))
      const args = ["run", "study.yaml", "--display", "none", "--max-connections", "1"]
      const first = yield* Effect.forkChild(start(folder, args))
      // The first holds the lock from before its first call until it is let go.
      while (!existsSync(join(folder, "begun"))) yield* Effect.sleep("20 millis")
      const second = yield* start(folder, args)
      writeFileSync(join(folder, "go"), "")
      const { code, stderr } = yield* Fiber.join(first)
      assert.strictEqual(code, 0, stderr)
      assert.strictEqual(second.code, 1)
      assert.match(
        second.stderr,
        /^warmline: another process \(pid \d+\) is working on this run; wait for it/
      )
      assert.strictEqual(storedRows(folder).distinct, 40)
    }).pipe(Effect.scoped)
  )
})
