/** The plugins that come with the harness, each loaded when it is named and not before. */
import type { Plugin } from "../harness/model/Model.ts"

export const shipped: Record<string, () => Promise<{ default: Plugin }>> = {
  openai: () => import("./openai/index.ts"),
  anthropic: () => import("./anthropic/index.ts"),
  mistral: () => import("./mistral/index.ts"),
  ollama: () => import("./ollama/index.ts"),
  "openai-compatible": () => import("./openai-compatible/index.ts")
}
