/** The fake provider as a resource: started with a scope, stopped with it. */
import { Context, Effect, Layer } from "effect"
import { type Provider, type ProviderOptions, startProvider } from "./server.ts"

/** A server for as long as the scope lasts. */
export const scopedProvider = (options: ProviderOptions = {}) =>
  Effect.acquireRelease(
    Effect.promise(() => startProvider(options)),
    (provider) => Effect.promise(() => provider.close())
  )

/** A server that several effects of one test share. */
export class FakeProvider extends Context.Service<FakeProvider, Provider>()("warmline/tests/FakeProvider") {
  static readonly layer = (options: ProviderOptions = {}) =>
    Layer.effect(FakeProvider, scopedProvider(options))
}
