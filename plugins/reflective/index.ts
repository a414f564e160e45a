/**
 * `reflective`: a template that names the emotions and the situation which it found in the post by word lists.
 * A source to compare with: it shows what form alone earns.
 */
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { respond } from "./respond.ts"

export default definePlugin({
  name: "reflective",
  version: "1",
  description: "A template that names the emotion and the situation it finds in the post, no model",
  kind: "program",
  capabilities: { seed: true },
  generate: ({ messages, seed }) =>
    respond(messages.findLast((message) => message.role === "user")?.content ?? "", seed)
})
