/** Where a provider is and with which key: from the study's config and the environment, checked before any call. */
import { Config, Effect, Option, Redacted, Schema } from "effect"
import { PluginError } from "./ModelError.ts"

/** The text of a variable, or nothing where it is absent or blank. */
const variable = (plugin: string, name: string): Effect.Effect<string | undefined, PluginError> =>
  Config.option(Config.String(name)).pipe(
    Effect.map((value) => Option.getOrUndefined(value)?.trim() || undefined),
    Effect.mapError(
      () => new PluginError({ plugin, reason: `${name} cannot be read`, mend: "check the environment" })
    )
  )

/** An optional setting: the study's own, else the variable's. */
export const setting = (plugin: string, configured: string | undefined, name: string) =>
  configured === undefined ? variable(plugin, name) : Effect.succeed<string | undefined>(configured)

/** The key in a variable, or `undefined` where there is none; a key that no header can carry is an error. */
export const optionalKey = Effect.fnUntraced(function* (plugin: string, name: string) {
  const read = yield* Config.option(Config.Redacted(name)).pipe(
    Effect.mapError(
      () => new PluginError({ plugin, reason: `${name} cannot be read`, mend: "check the environment" })
    )
  )
  const key = Option.isSome(read) ? Redacted.value(read.value).trim() : ""
  if (key === "") return undefined
  // An SDK would name the whole header, key and all, in the error it throws for such a one.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    return yield* new PluginError({
      plugin,
      reason: `${name} holds a space or another character that no key has`,
      mend: "copy the key again, without quotes and line ends"
    })
  }
  return Redacted.make(key, { label: name })
})

/** The key in a variable; without one the error says which variable and where a key comes from. */
export const requiredKey = Effect.fnUntraced(function* (plugin: string, name: string, whence: string) {
  const key = yield* optionalKey(plugin, name)
  if (key !== undefined) return key
  return yield* new PluginError({
    plugin,
    reason: `no key: the environment variable ${name} is not set`,
    mend: `set it (export ${name}=…, or a line ${name}=… in a file .env); ${whence}`
  })
})

/** A base URL without a slash at the end: http or https, and without a password in it. */
export const checkedUrl = Effect.fnUntraced(function* (plugin: string, text: string) {
  const wrong = (reason: string, mend: string) => new PluginError({ plugin, reason, mend })
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    return yield* wrong("its base URL is no http or https URL", "write it like http://localhost:8000/v1")
  }
  if (url.username !== "" || url.password !== "") {
    return yield* wrong(
      "its base URL holds a name or password, which would be stored with the results",
      "put the key in an environment variable (apiKeyEnv names it)"
    )
  }
  return text.replace(/\/+$/, "")
})

/** The model's name, which these plugins cannot do without. */
export const namedModel = Effect.fnUntraced(function* (plugin: string, model: string, example: string) {
  if (model !== "") return model
  return yield* new PluginError({ plugin, reason: "no model is named", mend: `write ${plugin}/${example}` })
})

/** Calls with the same plugin, host and key variable share a limit. */
export const accountOf = (plugin: string, url: string, keyVariable: string): string =>
  `${plugin}:${new URL(url).host}:${keyVariable}`

/** Seconds between the first looks at a batch, as a study's config has them. */
export const PollEvery = Schema.Finite.pipe(Schema.check(Schema.isGreaterThan(0)))

/** The same in milliseconds; 30 s where nothing is said. */
export const pollMillis = (seconds: number | undefined): number => 1000 * (seconds ?? 30)
