/** Writes what a data set has collected: posts, responses, their words and names. */
import { Effect } from "effect"
import { ImportWriter } from "../store/ImportWriter.ts"
import type { RunId } from "../study/Ids.ts"
import type { DataSet } from "./DataSet.ts"

/** To be called within the import's transaction. */
export const keepTexts = Effect.fn("Ratings.keepTexts")(function* (run: RunId, data: DataSet) {
  const writer = yield* ImportWriter
  const { posts, texts, filled } = data.take()
  yield* writer.write("post", posts.post)
  yield* writer.write("run_post", posts.run_post)
  yield* writer.fillPosts(run, posts.words)
  for (const table of ["call", "response", "response_name"] as const) yield* writer.write(table, texts[table])
  yield* writer.fillTexts(filled)
})
