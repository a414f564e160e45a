import { existsSync, readdirSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { unversioned } from "../../harness/model/definePlugin.ts"
import { shipped } from "../../plugins/index.ts"

describe("shipped plugins", () => {
  it("are the folders under plugins/, each once", () => {
    const folder = new URL("../../plugins/", import.meta.url)
    const folders = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/index.ts`, folder)))
    assert.deepStrictEqual(Object.keys(shipped).sort(), folders.sort())
  })

  for (const [name, load] of Object.entries(shipped)) {
    it.effect(`${name} goes by its name, has a version and says what it is`, () =>
      Effect.gen(function* () {
        const { default: plugin } = yield* Effect.promise(load)
        assert.strictEqual(plugin.name, name)
        assert.notStrictEqual(plugin.version, unversioned)
        assert.isNotEmpty(plugin.description)
        assert.isTrue(plugin.open !== undefined || plugin.openRater !== undefined)
      })
    )
  }
})
