import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { wordCount } from "../../harness/study/Response.ts"
import dismissive from "../../plugins/dismissive/index.ts"
import { answer, callAbout } from "./opened.ts"
import { posts } from "./posts.ts"

describe("dismissive", () => {
  it.effect("varies with its seed, ignores the post, stays curt and asks nothing", () =>
    Effect.gen(function* () {
      const said = new Set<string>()
      for (let seed = 0; seed < 60; seed++) {
        const { text } = yield* answer(dismissive, callAbout(posts[0]!, seed))
        assert.strictEqual((yield* answer(dismissive, callAbout(posts[1]!, seed))).text, text)
        assert.isBelow(wordCount(text), 60)
        assert.notInclude(text, "?")
        said.add(text)
      }
      assert.isAbove(said.size, 50)
      const model = yield* Effect.scoped(dismissive.open!({ model: "", config: {}, folder: "." }))
      assert.strictEqual(model.kind, "program")
    })
  )
})
