/** What `import … from "warmline"` gives: everything a plugin author needs, and nothing of the machinery. */
export { fromSdk } from "./model/askProvider.ts"
export type {
  Answer,
  EffectPlugin,
  FunctionPlugin,
  OpenedModel,
  RaterPlugin
} from "./model/definePlugin.ts"
export { definePlugin } from "./model/definePlugin.ts"
export type {
  Call,
  Capabilities,
  FinishReason,
  Model,
  OpenOptions,
  Plugin,
  ProxyRater,
  Rateable,
  Reply,
  Verdict
} from "./model/Model.ts"
export {
  ContentFiltered,
  Malformed,
  ModelError,
  PluginError,
  PluginFault,
  RateLimited,
  Rejected,
  TimedOut,
  Unavailable
} from "./model/ModelError.ts"
export { optionalKey, requiredKey } from "./model/providerConfig.ts"
