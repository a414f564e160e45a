/**
 * `dismissive`: the negative control. Curt, minimising, full of advice nobody asked for, and blind to the post:
 * a rater or judge that does not put it last is not measuring empathy. Never send its answers to a person who
 * is in need.
 */
import { definePlugin } from "../../harness/model/definePlugin.ts"
import { deriveSeed } from "../../harness/study/CallKey.ts"
import { advise, adviseAgain, brushOff, close, minimise } from "./wording.ts"

const slots = [brushOff, minimise, advise, adviseAgain, close]

export default definePlugin({
  name: "dismissive",
  version: "1",
  description: "Negative control: curt, minimising advice that ignores the post",
  kind: "program",
  capabilities: { seed: true },
  generate: ({ seed }) =>
    slots.map((sentences, slot) => sentences[deriveSeed(seed, slot) % sentences.length]!).join(" ")
})
