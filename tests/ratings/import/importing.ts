/** Imports made-up files into a store in a folder of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { it } from "@effect/vitest"
import { Context, Effect, Layer, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { parse } from "yaml"
import { Catalog } from "../../../harness/catalog/Catalog.ts"
import { packageFolder } from "../../../harness/catalog/packageFolder.ts"
import { Identity } from "../../../harness/ratings/Identity.ts"
import type { ImportOf } from "../../../harness/ratings/ImportReport.ts"
import { importRatings } from "../../../harness/ratings/importRatings.ts"
import { importResponses } from "../../../harness/ratings/importResponses.ts"
import { RatingsMap, ResponsesMap } from "../../../harness/ratings/RatingsMap.ts"
import * as Store from "../../../harness/store/Store.ts"
import { NodeServicesLayer } from "../../nodeServices.ts"

/** The folder of one test. */
export class Desk extends Context.Service<Desk, { readonly folder: string }>()("test/Desk") {
  static readonly layer = Layer.effect(
    Desk,
    Effect.acquireRelease(
      Effect.sync(() => ({ folder: mkdtempSync(join(tmpdir(), "warmline-import-")) })),
      ({ folder }) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
    )
  )
}

const services = Layer.unwrap(
  Effect.gen(function* () {
    const store = join((yield* Desk).folder, "store.db")
    return Identity.layer(store).pipe(
      Layer.provideMerge(Store.layer(store)),
      Layer.provideMerge(Catalog.layer(packageFolder))
    )
  })
).pipe(Layer.provideMerge(Desk.layer), Layer.provideMerge(NodeServicesLayer))

type Services = Layer.Success<typeof services>

/** A test with a store of its own. */
export const test = <E>(name: string, body: () => Effect.Effect<void, E, Services>, timeout?: number) =>
  it.live(name, () => body().pipe(Effect.provide(services)), timeout)

type Options = Partial<Omit<ImportOf<unknown>, "file" | "map" | "folder">>

const told = Effect.fn(function* <Map>(
  file: string,
  content: string | Uint8Array,
  map: Map | undefined,
  options: Options
) {
  const { folder } = yield* Desk
  const path = join(folder, file)
  writeFileSync(path, content)
  return {
    file: path,
    map,
    folder,
    format: "auto",
    run: undefined,
    dryRun: false,
    replace: false,
    rejected: join(folder, `${file}.rejected.csv`),
    ...options
  }
})

/** Imports `content` as a file of ratings by a map in YAML. */
export const ratings = Effect.fn(function* (
  file: string,
  content: string | Uint8Array,
  map?: string,
  options: Options = {}
) {
  const decoded =
    map === undefined
      ? undefined
      : yield* Schema.decodeUnknownEffect(RatingsMap, { onExcessProperty: "error" })(parse(map))
  return yield* importRatings(yield* told(file, content, decoded, options))
})

/** The same for responses. */
export const responses = Effect.fn(function* (
  file: string,
  content: string | Uint8Array,
  map?: string,
  options: Options = {}
) {
  const decoded =
    map === undefined
      ? undefined
      : yield* Schema.decodeUnknownEffect(ResponsesMap, { onExcessProperty: "error" })(parse(map))
  return yield* importResponses(yield* told(file, content, decoded, options))
})

/** Puts another file into the test's folder. */
export const lay = Effect.fn(function* (file: string, content: string) {
  writeFileSync(join((yield* Desk).folder, file), content)
})

/** The list of rejected rows, line by line without its head. */
export const rejectedOf = Effect.fn(function* (file: string) {
  const lines = readFileSync(join((yield* Desk).folder, `${file}.rejected.csv`), "utf8")
    .trimEnd()
    .split("\n")
  return lines.slice(1)
})

/** What the store answers, a row a line with `|` between the cells. */
export const ask = Effect.fn(function* (query: string) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql.unsafe<Record<string, unknown>>(query)
  return rows.map((row) => Object.values(row).join("|"))
})

/** Every live rating of a text: post, source, dimension, value or why there is none, in that order. */
export const everyRating = ask(`SELECT rp.post, r.source, d.name, COALESCE(g.value, g.unscored)
  FROM rating g JOIN response r ON r.call_id = g.call_id
  JOIN run_post rp ON rp.run_id = r.run_id AND rp.ordinal = r.ordinal
  JOIN dimension d ON d.id = g.dimension_id ORDER BY 1, 2, 3, g.epoch, 4`)
