/** The posts that every measured program asks about, and what it asks. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const sentence = "My sister has not answered since the funeral and I keep setting the table for her anyway. "

/** Writes a suite of `count` posts of about 180 words into `folder/suites/bench`. */
export const writeSuite = (folder: string, count: number): void => {
  const suite = join(folder, "suites", "bench")
  mkdirSync(suite, { recursive: true })
  writeFileSync(
    join(suite, "suite.yaml"),
    "name: bench\ntitle: Bench\nprovenance: made by the benchmark\npostsFile: posts.jsonl\n"
  )
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({ id: `post-${i}`, body: `This is letter number ${i}. ${sentence.repeat(10)}` })
  )
  writeFileSync(join(suite, "posts.jsonl"), `${lines.join("\n")}\n`)
}

/** The bodies of the suite, for the bare loops. */
export const readBodies = (folder: string): readonly string[] =>
  readFileSync(join(folder, "suites", "bench", "posts.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { body: string }).body)

/** What the bare loops say to the model: the length of the condition that the harness uses. */
export const system = readFileSync(new URL("../../benchmarks/conditions/base.yaml", import.meta.url), "utf8")

/** Runs `one` for every item with `width` at a time. */
export const pool = async (
  items: readonly string[],
  width: number,
  one: (item: string, index: number) => Promise<void>
) => {
  let next = 0
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < items.length) {
        const index = next++
        await one(items[index]!, index)
      }
    })
  )
}
