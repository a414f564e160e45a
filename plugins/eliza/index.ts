/**
 * `eliza`: answers as the DOCTOR of 1966 did, by rules alone. A source to compare with that nobody takes for
 * understanding.
 */
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { respond } from "./respond.ts"

export default definePlugin({
  name: "eliza",
  version: "1",
  description: "The method of ELIZA's DOCTOR script (1966): keywords, rules and memory, no model",
  kind: "program",
  capabilities: { seed: true },
  generate: ({ messages, seed }) =>
    respond(messages.findLast((message) => message.role === "user")?.content ?? "", seed)
})
