/** The plugins that ship with Warmline, by name. Each is loaded when a study names it and not before. */
import type { Shipped } from "../harness/model/Plugins.ts"

export const shipped: Shipped = {
  anthropic: () => import("./anthropic/index.ts"),
  dismissive: () => import("./dismissive/index.ts"),
  eliza: () => import("./eliza/index.ts"),
  lexical: () => import("./lexical/index.ts"),
  mistral: () => import("./mistral/index.ts"),
  ollama: () => import("./ollama/index.ts"),
  openai: () => import("./openai/index.ts"),
  "openai-compatible": () => import("./openai-compatible/index.ts"),
  reflective: () => import("./reflective/index.ts"),
  replay: () => import("./replay/index.ts")
}
