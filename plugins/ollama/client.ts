/** Ollama's SDK takes no signal and throws away headers; a `fetch` bound to each call makes up for both. */
import { Effect, Redacted } from "effect"
import type { Ollama } from "ollama"
import type { Fetch } from "../../harness/model/pooledFetch.ts"
import { checkedUrl, setting } from "../../harness/model/providerConfig.ts"

/** `OLLAMA_HOST` in the forms that Ollama itself takes (`:8080`, `box`, `0.0.0.0:11434`, a URL) as a URL. */
export const hostUrl = (host: string): string => {
  if (host === "") return "http://127.0.0.1:11434"
  if (/^https?:\/\//.test(host)) return host
  const [name = "", port = "11434"] = host.split(":")
  // A daemon that listens on every address is asked on this machine's own.
  return `http://${name === "" || name === "0.0.0.0" ? "127.0.0.1" : name}:${port}`
}

/** Where the daemon is: what the study says, else OLLAMA_HOST, else this machine. */
export const hostOf = Effect.fnUntraced(function* (plugin: string, configured: string | undefined) {
  const host = yield* setting(plugin, configured, "OLLAMA_HOST")
  return yield* checkedUrl(plugin, hostUrl(host ?? ""))
})

/** An answer that is an error, as the harness's errors are made from: with its status, headers and text. */
const refusal = async (response: Response) => {
  const text = await response.text()
  let message = text
  try {
    message = String((JSON.parse(text) as { error?: unknown }).error ?? text)
  } catch {
    // Not JSON: then the text itself is the reason.
  }
  return Object.assign(new Error(message), { status: response.status, headers: response.headers, body: text })
}

/** Makes a client for one call, which ends when the signal says so. */
export const clientMaker = (host: string, key: Redacted.Redacted | undefined, fetch: Fetch) =>
  Effect.map(
    Effect.promise(() => import("ollama")),
    ({ Ollama: Client }) =>
      (signal: AbortSignal): Ollama =>
        new Client({
          host,
          ...(key === undefined ? {} : { headers: { authorization: `Bearer ${Redacted.value(key)}` } }),
          // Errors are thrown here, for the SDK prints to the console when it meets one that is not JSON.
          fetch: async (input, init) => {
            const response = await fetch(input, { ...init, signal })
            if (!response.ok) throw await refusal(response)
            return response
          }
        })
  )
