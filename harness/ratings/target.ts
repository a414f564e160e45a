/** The run that an import goes to: one whose texts were rated, or a data set of its own. */
import { Effect, Option } from "effect"
import { decodeManifest, encodeManifest, type RunManifest } from "../run/Manifest.ts"
import { ImportWriter } from "../store/ImportWriter.ts"
import { Runs } from "../store/Runs.ts"
import { StoreError } from "../store/StoreError.ts"
import type { RunId } from "../study/Ids.ts"
import type { SourceKind } from "../study/Source.ts"
import { DataSet } from "./DataSet.ts"
import { importedRun, importPlan } from "./importedRun.ts"
import { type About, emptyManifest } from "./importManifest.ts"
import type { Library } from "./Posts.ts"

/** Where an import goes. */
export interface Target {
  readonly id: RunId
  /** A data set that came by import, which may grow; a generated run may not. */
  readonly own: boolean
  readonly about: About
  /** `undefined` where the data set is new. */
  readonly manifest: RunManifest | undefined
}

const isOwn = (manifest: RunManifest): boolean => manifest.plan === importPlan(manifest.study.name)

/** Finds the run by its id, or by the data set's name. */
export const targetOf = Effect.fn("Ratings.targetOf")(function* (run: string | undefined, about: About) {
  const runs = yield* Runs
  if (run === undefined) {
    const id = importedRun(about.name)
    const known = yield* runs.get(id)
    const manifest = Option.isSome(known) ? yield* decodeManifest(known.value.manifest) : undefined
    return { id, own: true, about, manifest } satisfies Target
  }
  const row = yield* runs.named(run)
  const manifest = yield* decodeManifest(row.manifest)
  return {
    id: row.id,
    own: isOwn(manifest),
    about: { ...about, name: manifest.study.name },
    manifest
  } satisfies Target
})

/** Reads what the run has, inside the transaction that adds to it. */
export const openDataSet = Effect.fn("Ratings.openDataSet")(function* (
  target: Target,
  now: string,
  library?: Library
) {
  const writer = yield* ImportWriter
  const runs = yield* Runs
  const ids = yield* writer.lastIds
  const manifest = target.manifest ?? emptyManifest(target.about, now)
  if (target.manifest === undefined) {
    yield* runs.begin({
      id: target.id,
      study: manifest.study.name,
      manifest: encodeManifest(manifest),
      at: now
    })
  }
  const data = new DataSet({
    run: target.id,
    own: target.own,
    name: target.about.name,
    now,
    lastCall: ids.call,
    library,
    posts: yield* writer.posts(target.id),
    sources: new Map<string, SourceKind>(manifest.sources.map(({ id, kind }) => [id, kind])),
    conditions: manifest.conditions.map(({ definition }) => definition.name)
  })
  yield* writer.eachResponse(target.id, (response) => data.known(response))
  for (const [name, callId] of yield* writer.names(target.id)) data.named(name, callId)
  return { data, ids, manifest }
})

/** Nothing may be written into a run while another process works on it. */
export const tooMany = (what: string, most: number): StoreError =>
  new StoreError({
    reason: `an import of more than ${most} ${what}`,
    mend: "split the file and its data set"
  })
