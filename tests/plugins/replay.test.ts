import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Json } from "../../harness/study/Hash.ts"
import replay from "../../plugins/replay/index.ts"
import { callAbout } from "./opened.ts"
import { posts } from "./posts.ts"

const csv = [
  "source,post,author,text,notes",
  'lee,p1,human,"I am sorry.\n\nThat, ""all"" of it.",first',
  "lee,p2,human,Two,",
  "bot,p1,model,Beep,"
].join("\r\n")

const jsonl = (...rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n")

/** Writes the files into a folder of their own that goes away with the scope. */
const folderWith = (files: { readonly [name: string]: string | Uint8Array }) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const folder = await mkdtemp(join(tmpdir(), "warmline-replay-"))
      for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
      return folder
    }),
    (folder) => Effect.promise(() => rm(folder, { recursive: true }))
  )

const open = (
  folder: string,
  file: string,
  model = "",
  config: { readonly [key: string]: Json } = { file }
) => replay.open!({ model, config, folder })

const call = (post: string, about: { suite?: string; condition?: string } = {}, epoch = 1) => {
  const made = callAbout(posts[0]!, 1, post)
  return { ...made, epoch, about: { ...made.about, ...about } }
}

/** What opening a file fails with. */
const failure = (file: string, content: string | Uint8Array, model = "") =>
  Effect.scoped(
    Effect.gen(function* () {
      const folder = yield* folderWith({ [file]: content })
      return (yield* Effect.flip(open(folder, file, model))).message
    })
  )

describe("replay", () => {
  it.effect("plays back a CSV with quoted line breaks, and the author is the one in the file", () =>
    Effect.gen(function* () {
      const folder = yield* folderWith({ "r.csv": `\uFEFF${csv}` })
      const people = yield* open(folder, "r.csv", "lee")
      assert.strictEqual(people.kind, "human")
      assert.deepStrictEqual(yield* people.generate(call("p1")), {
        text: 'I am sorry.\n\nThat, "all" of it.',
        author: "human"
      })
      const bot = yield* open(folder, "r.csv", "bot")
      assert.strictEqual(bot.kind, "model")
      assert.deepStrictEqual(yield* bot.generate(call("p1")), { text: "Beep", author: "model" })
    })
  )

  it.effect("plays back JSONL, and an empty text is a text", () =>
    Effect.gen(function* () {
      const rows = jsonl(
        { post: "p1", text: "", author: "program" },
        { post: "p2", text: "b", author: "program", epoch: 2 }
      )
      const model = yield* open(yield* folderWith({ "r.jsonl": `${rows}\n\n` }), "r.jsonl")
      assert.strictEqual(model.kind, "program")
      assert.strictEqual((yield* model.generate(call("p1"))).text, "")
      assert.strictEqual((yield* model.generate(call("p2", {}, 2))).text, "b")
      assert.strictEqual((yield* Effect.flip(model.generate(call("p2"))))._tag, "Rejected")
    })
  )

  it.effect("prefers the row that says more, and takes one that says nothing for any", () =>
    Effect.gen(function* () {
      const author = "model"
      const rows = jsonl(
        { post: "p1", text: "any", author },
        { post: "p1", text: "friend", author, condition: "friend" },
        { post: "p1", text: "anger", author, suite: "anger" },
        { post: "p1", text: "both", author, suite: "anger", condition: "friend" }
      )
      const model = yield* open(yield* folderWith({ "r.ndjson": rows }), "r.ndjson")
      const text = (suite: string, condition: string) =>
        Effect.map(model.generate(call("p1", { suite, condition })), (reply) => reply.text)
      assert.strictEqual(yield* text("work", "base"), "any")
      assert.strictEqual(yield* text("work", "friend"), "friend")
      assert.strictEqual(yield* text("anger", "base"), "anger")
      assert.strictEqual(yield* text("anger", "friend"), "both")
    })
  )

  it.effect("says of a post that is not there which one, as a call that is never tried again", () =>
    Effect.gen(function* () {
      const model = yield* open(yield* folderWith({ "r.csv": csv }), "r.csv", "bot")
      const error = yield* Effect.flip(model.generate(call("p2", { suite: "anger" })))
      assert.strictEqual(error._tag, "Rejected")
      assert.deepInclude(error, { reason: "not found" })
      assert.strictEqual(
        error.message,
        "r.csv: no response of bot to post p2 of suite anger (condition base, epoch 1); add a row for it"
      )
    })
  )

  it.effect("has the file's hash and the place in its identity", () =>
    Effect.gen(function* () {
      const folder = yield* folderWith({ "a.csv": csv, "b.csv": `${csv}\nbot,p3,model,New,` })
      const identities = yield* Effect.forEach(["a.csv", "b.csv"], (file) =>
        Effect.map(open(folder, file, "bot"), (model) => model.identity(call("p1", {}, 3)))
      )
      assert.notDeepEqual(identities[0], identities[1])
      assert.deepInclude(identities[0], { suite: "s", post: "p1", condition: "base", epoch: 3 })
      assert.match(JSON.stringify(identities[0]), /"file":"[0-9a-f]{64}"/)
    })
  )

  it.effect("names line and mend of what is wrong in a CSV", () =>
    Effect.gen(function* () {
      const header = "post,author,text"
      const says = (content: string, model = "") => failure("r.csv", content, model)
      assert.strictEqual(
        yield* says(`${header}\n\np1,human,"a\n\nb"\np2,,c`),
        "replay: r.csv:6: author is missing; say who wrote the text: human, model or program"
      )
      assert.match(yield* says(`${header}\np1,robot,a`), /r\.csv:2: author "robot" is not known; say who/)
      assert.match(yield* says(`${header}\n,human,a`), /r\.csv:2: post is missing/)
      assert.match(yield* says("post,author\np1,human"), /r\.csv:2: text is missing/)
      assert.match(
        yield* says(`${header}\np1,human,"a\nb"\np2,human,c\np1,human,d`),
        /r\.csv:5: the same post.*stand on line 2; take one out/
      )
      assert.match(
        yield* says(`${header}\np1,human,a\np2,model,b`),
        /r\.csv:3: author is model and on line 2 it is human/
      )
      assert.match(
        yield* says(`${header},Suite\np1,human,a,x`),
        /r\.csv:2: field "Suite" is not known; write it suite/
      )
      assert.match(yield* says(`${header},epoch\np1,human,a,0`), /r\.csv:2: epoch 0 is not a whole number/)
      assert.match(yield* says(`${header}\np1,human,a,b`), /r\.csv:2: not valid CSV.*; quote cells/)
      assert.match(yield* says(`${header}\np1,human,"a`), /r\.csv:2: not valid CSV/)
      assert.match(yield* says("post,post\n"), /r\.csv:1: column post stands twice/)
      assert.match(yield* says(""), /r\.csv: the file is empty; give it a header/)
      assert.match(yield* says(`${header}\n`), /r\.csv: no responses are recorded/)
      assert.match(
        yield* says(csv),
        /r\.csv: several sources are recorded; write the model as replay\/bot or replay\/lee/
      )
      assert.match(yield* says(csv, "ann"), /r\.csv: no source "ann" is recorded; write/)
      assert.match(yield* says(`${header}\np1,human,a`, "ann"), /no source "ann".*; the file names no source/)
    })
  )

  it.effect("names line and mend of what is wrong in JSONL", () =>
    Effect.gen(function* () {
      const good = jsonl({ post: "p1", text: "a", author: "model" })
      const says = (content: string | Uint8Array) => failure("r.jsonl", content)
      assert.match(yield* says(`${good}\n{`), /r\.jsonl:2: this line is not JSON; write one object a line/)
      assert.match(yield* says(`${good}\n[1]`), /r\.jsonl:2: this line is not a JSON object/)
      assert.match(
        yield* says(jsonl({ post: 12, text: "a", author: "model" })),
        /r\.jsonl:1: post is a number.*quotes/
      )
      assert.match(yield* says(`${good}\n\n${good}`), /r\.jsonl:3: the same post.*line 1/)
      assert.match(yield* says(new Uint8Array([0x7b, 0xe9, 0x7d])), /r\.jsonl: not UTF-8; save it as UTF-8/)
    })
  )

  it.effect("says what is wrong with the file or the config itself", () =>
    Effect.gen(function* () {
      const folder = yield* folderWith({ "r.txt": csv })
      const says = (file: string, config?: { readonly [key: string]: Json }) =>
        Effect.map(Effect.flip(open(folder, file, "", config ?? { file })), (error) => error.message)
      assert.match(yield* says("r.txt"), /r\.txt: neither JSONL nor CSV; name it/)
      assert.match(yield* says("none.csv"), /none\.csv: no such file; check the path/)
      assert.match(yield* says("", {}), /its config is wrong/)
      assert.match(yield* says("", { file: "r.csv", author: "human" }), /its config is wrong/)
    })
  )
})
