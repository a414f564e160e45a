/**
 * Who is who without saying who: people's ids become keyed hashes on their way in. The key lies beside the store and
 * leaves it with no export, so that one person is one rater in all files of a store, and nobody can look them up.
 */
import { createHmac, randomBytes } from "node:crypto"
import { Context, Effect, FileSystem, Layer, Option, Path, Redacted } from "effect"
import { ImportWriter } from "../store/ImportWriter.ts"
import { StoreError } from "../store/StoreError.ts"

/** Its name, in the store's folder. */
export const keyFile = "identity.key"

/** Ids that platforms give to people, the same in every file: Prolific's, MTurk's, e-mail addresses. */
const platform = /^([0-9a-f]{24}|A[0-9A-Z]{9,20}|[^@\s]+@[^@\s]+\.[^@\s]+)$/i

const PSEUDONYM_DIGITS = 20

export class Identity extends Context.Service<
  Identity,
  {
    /**
     * The pseudonym of a person, `p-` and 20 hex digits. An id that a platform gives out is the same person in every
     * data set; any other (`7`, `R1`) only within `dataSet`.
     */
    readonly person: (dataSet: string, id: string) => string
    /** A keyed hash of any other id, such as a submission's: 20 hex digits. */
    readonly hidden: (id: string) => string
  }
>()("warmline/Identity") {
  /** With the key of the store in `file`, which is made when there is none; `:memory:` has one of its own. */
  static readonly layer = (file: string) =>
    Layer.effect(
      Identity,
      Effect.gen(function* () {
        const key = file === ":memory:" ? fresh() : yield* openKey(file)
        const hash = (text: string) =>
          createHmac("sha256", Redacted.value(key)).update(text).digest("hex").slice(0, PSEUDONYM_DIGITS)
        return Identity.of({
          person: (dataSet, id) =>
            `p-${hash(platform.test(id) ? `platform ${id.toLowerCase()}` : `${JSON.stringify(dataSet)} ${id}`)}`,
          hidden: (id) => hash(`hidden ${id}`)
        })
      })
    )
}

const fresh = () => Redacted.make(randomBytes(32).toString("hex"))

const openKey = Effect.fn("Identity.openKey")(function* (store: string) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const file = path.join(path.dirname(path.resolve(store)), keyFile)
  const cannot = (reason: string, mend: string) => new StoreError({ reason, mend })
  const found = yield* fs.readFileString(file).pipe(
    Effect.map(Option.some),
    Effect.catch((error) =>
      error.reason._tag === "NotFound"
        ? Effect.succeed(Option.none<string>())
        : Effect.fail(
            cannot(`the key ${file} cannot be read (${error.reason._tag})`, "let this user read it")
          )
    )
  )
  if (Option.isSome(found)) {
    const key = found.value.trim()
    if (/^[0-9a-f]{64}$/.test(key)) return Redacted.make(key)
    return yield* cannot(`${file} is no key of 64 hex digits`, "bring the store's own key back")
  }
  if ((yield* (yield* ImportWriter).people).size > 0) {
    return yield* cannot(
      `the key ${file} is gone, and ${store} knows people by it`,
      "bring it back from where the store came from: with a new key the same people would be others"
    )
  }
  const key = fresh()
  yield* fs
    .writeFileString(file, `${Redacted.value(key)}\n`, { mode: 0o600, flag: "wx" })
    .pipe(
      Effect.mapError((error) =>
        cannot(`the key ${file} cannot be written (${error.reason._tag})`, "check the folder")
      )
    )
  return key
})
