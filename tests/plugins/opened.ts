/** Plugins opened for a test, asked as the harness asks them. */
import { Effect } from "effect"
import type { Call, Plugin, Reply, Verdict } from "../../harness/model/Model.ts"
import type { ModelError, PluginError } from "../../harness/model/ModelError.ts"
import { postText } from "../../harness/study/Post.ts"
import lexical from "../../plugins/lexical/index.ts"
import type { TestPost } from "./posts.ts"

/** A call about a post; its seed and messages are what a source may go by. */
export const callAbout = (post: TestPost, seed: number, id = "p1"): Call => ({
  model: "",
  messages: [
    { role: "system", content: "You are sad, angry and proud. My canoe sank." },
    { role: "user", content: postText(post) }
  ],
  parameters: {},
  seed,
  epoch: 1,
  about: { suite: "s", post: id, condition: "base" }
})

/** The answer of a plugin that needs no config. */
export const answer = (plugin: Plugin, call: Call): Effect.Effect<Reply, ModelError | PluginError> =>
  Effect.scoped(
    Effect.flatMap(plugin.open!({ model: "", config: {}, folder: "." }), (model) => model.generate(call))
  )

/** Texts of a plugin for posts, each post with a seed of its own. */
export const texts = (plugin: Plugin, about: readonly TestPost[]) =>
  Effect.forEach(about, (post, index) =>
    Effect.map(answer(plugin, callAbout(post, 1000 + index)), ({ text }) => text)
  )

/** What `lexical` says of a response. */
export const rate = (
  instrument: string,
  post: TestPost,
  response: string,
  language = "en"
): Effect.Effect<Verdict, ModelError | PluginError> =>
  Effect.scoped(
    Effect.flatMap(lexical.openRater!({ model: "", config: {}, folder: "." }), (rater) =>
      rater.rate(instrument, { post: { ...post, language }, response })
    )
  )

/** `perceived-empathy` of responses in the order of their posts. */
export const empathy = (about: readonly TestPost[], responses: readonly string[]) =>
  Effect.forEach(about, (post, index) =>
    Effect.map(rate("perceived-empathy", post, responses[index]!), (verdict) => {
      const value = verdict.empathic
      if (typeof value !== "number") throw new Error(`unscored: ${JSON.stringify(value)}`)
      return value
    })
  )

/** t of the mean of paired differences. */
export const pairedT = (first: readonly number[], second: readonly number[]): number => {
  const differences = first.map((value, index) => value - second[index]!)
  const n = differences.length
  const mean = differences.reduce((sum, value) => sum + value, 0) / n
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
  return mean / Math.sqrt(variance / n)
}

/** The mean of some numbers. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
