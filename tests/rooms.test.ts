import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"

const root = fileURLToPath(new URL("..", import.meta.url))

/** Data flows one way: a room uses only rooms to its left. `stats` knows no other, so every room may compute. */
const rooms = [
  "stats",
  "study",
  "catalog",
  "model",
  "store",
  "run",
  "judge",
  "ratings",
  "style",
  "leaderboard",
  "gate",
  "serve",
  "cli"
]

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name))

/** Folders that a file imports from, relative to the root: `harness/study`, `plugins`. */
const importsOf = (file: string): string[] => {
  const text = readFileSync(join(root, file), "utf8")
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) =>
    relative(root, resolve(root, dirname(file), match[1]!))
  )
}

describe("the rooms", () => {
  it("are all in the order that data flows", () => {
    const found = readdirSync(join(root, "harness"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory()
    )
    assert.deepStrictEqual(
      found.map((entry) => entry.name).filter((name) => !rooms.includes(name)),
      []
    )
  })

  it("import only rooms to their left", () => {
    const wrong: string[] = []
    for (const file of sources("harness")) {
      const room = file.split("/")[1]!
      if (!rooms.includes(room)) continue
      for (const target of importsOf(file)) {
        const [top, other] = target.split("/")
        if (top === "plugins" ? room !== "cli" : rooms.indexOf(other!) > rooms.indexOf(room)) {
          wrong.push(`${file} imports ${target}`)
        }
        if (room === "stats" && other !== "stats") wrong.push(`${file} imports ${target}`)
      }
    }
    assert.deepStrictEqual(wrong, [])
  })

  it("are what plugins see only as study and model", () => {
    const wrong = sources("plugins").flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith("harness/") && !/^harness\/(study|model)\//.test(target))
        .map((target) => `${file} imports ${target}`)
    )
    assert.deepStrictEqual(wrong, [])
  })

  it("never name the machine they were built on", () => {
    const places = ["harness", "plugins", "tests", "scripts"]
    const hit = places
      .flatMap(sources)
      .filter((file) => readFileSync(join(root, file), "utf8").includes(["..", "shared"].join("/")))
    assert.deepStrictEqual(hit, [])
  })
})
