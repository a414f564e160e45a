/**
 * OpenTelemetry, off until one of the standard variables says where spans go (OTEL_EXPORTER_OTLP_ENDPOINT or
 * OTEL_EXPORTER_OTLP_TRACES_ENDPOINT); the exporter is loaded only then. And where log lines go.
 */
import { ConfigProvider, Effect, Layer, Logger } from "effect"
import { CallSpans } from "../model/callSpan.ts"

const variables = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]

const exporter = Effect.gen(function* () {
  const [{ OtlpSerialization, OtlpTracer }, { FetchHttpClient }] = yield* Effect.promise(() =>
    Promise.all([import("effect/observability"), import("effect/http")])
  )
  return OtlpTracer.layerFromConfig({ resource: { serviceName: "warmline" } }).pipe(
    Layer.provide(OtlpSerialization.layerJson),
    Layer.provide(FetchHttpClient.layer),
    // The specification's own default, which the exporter leaves to its user.
    Layer.provide(ConfigProvider.layerAdd(ConfigProvider.fromUnknown({ OTEL_TRACES_EXPORTER: "otlp" }))),
    Layer.provideMerge(Layer.succeed(CallSpans, true))
  )
})

/** Spans to the endpoint that the environment names, or none. */
export const spans = variables.some((name) => (process.env[name] ?? "") !== "")
  ? Layer.unwrap(exporter)
  : Layer.empty

/** Log lines on stderr: readable, or JSON with `--log-format json`. Which are shown says `--log-level`. */
export const logs = (json: boolean) =>
  Logger.layer([Logger.withConsoleError(json ? Logger.formatJson : Logger.formatLogFmt)])
