/** A user's plugin of any dialect, from any folder, and `warmline init`: by the sources and by the bundle. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { builtBin } from "./built.ts"
import { emptyFolder, sources, start } from "./warmline.ts"

const put = (folder: string, files: Record<string, string>) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

const dialect = {
  "deep/tsconfig.json": `{ "compilerOptions": { "baseUrl": ".", "paths": { "@words/*": ["./words/*"] } } }`,
  "deep/words/comfort.ts": `export const comfort = "That sounds hard"`,
  "deep/src/tone.ts": `export enum Tone { Warm = "warm", Cold = "cold" }`,
  "deep/src/model.ts": `import { definePlugin } from "warmline"
import { comfort } from "@words/comfort"
import { Tone } from "./tone"
namespace Voice { export const of = (tone: Tone) => comfort + ", " + tone }
export default definePlugin({ name: "dialect", generate: async ({ model }) => Voice.of(Tone.Warm) + " " + model })`
}

// Its answer says whether Effect, one of its modules and warmline's classes are of one Effect.
const full = `import { Data, Effect, Schema } from "effect"
import * as Module from "effect/Schema"
import { definePlugin, Rejected } from "warmline"
const one = Module.Struct === Schema.Struct && new Rejected({ message: "", reason: "auth" }) instanceof Data.Error
export default definePlugin({
  name: "full",
  version: "1",
  config: Schema.Struct({}),
  open: ({ model }) => Effect.succeed({ generate: () =>
    one ? Effect.as(Effect.sleep("1 millis"), "one Effect for " + model)
        : Effect.fail(new Rejected({ message: "two Effects", reason: "auth" })) })
})`

// Its answer says whether a folder of Effect, by both ways in, stands on the Effect that `effect` is.
const deep = `import { Data, Effect, Schema } from "effect"
import { HttpClientError } from "effect/http"
import * as Module from "effect/http/HttpClientError"
import * as HttpBody from "effect/http/HttpBody"
import { definePlugin, Rejected } from "warmline"
const one = Module.HttpClientError === HttpClientError.HttpClientError && Module.HttpClientError.prototype instanceof Data.Error
export default definePlugin({
  name: "deep",
  version: "1",
  config: Schema.Struct({}),
  open: () => Effect.succeed({ generate: () =>
    one ? Effect.orDie(Effect.map(HttpBody.json("one Effect"), (body) => new TextDecoder().decode(body.body)))
        : Effect.fail(new Rejected({ message: "two Effects", reason: "auth" })) })
})`

/** A module of Effect that the bundle does not hold, and one that Effect itself no longer has. */
const absent = (module: string) => `import * as Deep from "${module}"
import { definePlugin } from "warmline"
export default definePlugin({ name: "absent", version: "1", generate: async () => String(Object.keys(Deep).length) })`

const packaged = {
  "node_modules/warmline-plugin-x/package.json": `{ "name": "warmline-plugin-x", "type": "module", "exports": { "import": "./index.js" } }`,
  "node_modules/warmline-plugin-x/index.js": `import { definePlugin } from "warmline"
export default definePlugin({ name: "x", version: "1", generate: ({ model }) => "I hear " + model })`
}

const built = builtBin()
const ways: readonly (readonly [string, () => string])[] = [
  ["the sources", () => sources],
  ["the bundle", built]
]

for (const [way, bin] of ways) {
  describe(`a plugin loaded by ${way}`, () => {
    const row = (files: Record<string, string>, model: string, named: string) =>
      it.live(`${model} has its row`, () =>
        Effect.gen(function* () {
          const folder = yield* emptyFolder
          put(folder, files)
          const args = ["run", "--model", model, "--limit", "1", "--display", "none", "-o", "out"]
          const { code, stderr, stdout } = yield* start(folder, args, undefined, {}, bin())
          assert.strictEqual(code, 0, stdout + stderr)
          assert.include(readFileSync(join(folder, "out/leaderboard.csv"), "utf8"), named)
        }).pipe(Effect.scoped)
      )
    row(dialect, "./deep/src/model.ts/large", "dialect/large")
    row({ "full.ts": full }, "./full.ts", "full")
    row({ "package.json": `{ "type": "module" }`, "full.ts": full }, "./full.ts/esm", "full/esm")
    row({ "deep.ts": deep }, "./deep.ts/http", "deep/http")
    row(packaged, "warmline-plugin-x/name", "x/name")

    for (const module of ["effect/workflow", "effect/unstable/http"]) {
      // From the sources `effect/workflow` is the one that the harness has too.
      if (way === "the sources" && module === "effect/workflow") continue
      it.live(`says that ${module} is not to be had`, () =>
        Effect.gen(function* () {
          const folder = yield* emptyFolder
          put(folder, { "absent.ts": absent(module) })
          const args = ["run", "--model", "./absent.ts", "--limit", "1", "--display", "none"]
          const { code, stderr } = yield* start(folder, args, undefined, {}, bin())
          assert.strictEqual(code, 2, stderr)
          assert.match(stderr, new RegExp(`absent\\.ts.*${module} is not part of`))
        }).pipe(Effect.scoped)
      )
    }

    it.live("init writes what runs at once, and overwrites nothing", () =>
      Effect.gen(function* () {
        const folder = yield* emptyFolder
        const go = (args: readonly string[]) => start(folder, args, undefined, {}, bin())
        assert.strictEqual((yield* go(["init"])).code, 0)
        const ran = yield* go(["run", "study.yaml", "--limit", "1", "--display", "none", "-o", "out"])
        assert.strictEqual(ran.code, 0, ran.stderr)
        assert.include(readFileSync(join(folder, "out/leaderboard.csv"), "utf8"), "my-model")
        writeFileSync(join(folder, "study.yaml"), "mine")
        const again = yield* go(["init"])
        assert.strictEqual(again.code, 2)
        assert.match(again.stderr, /study\.yaml.*is there already/)
        assert.strictEqual(readFileSync(join(folder, "study.yaml"), "utf8"), "mine")
      }).pipe(Effect.scoped)
    )
  })
}
