/** `warmline verify`: a leaderboard, a baseline or an export's manifest against its own hashes and against the store. */
import { existsSync } from "node:fs"
import { Effect, FileSystem, Option, Path, Schema } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import { readJson } from "../../catalog/JsonFile.ts"
import { Baseline, isSealed } from "../../gate/Baseline.ts"
import { counted } from "../../leaderboard/formatNumber.ts"
import { Leaderboard } from "../../leaderboard/Leaderboard.ts"
import {
  type Check,
  verifyAlone,
  verifyDefinitions,
  verifyManifest,
  verifyPosts,
  verifyTables
} from "../../leaderboard/verify.ts"
import { decodeManifest } from "../../run/Manifest.ts"
import { Runs } from "../../store/Runs.ts"
import type { VerifyOptions } from "../commands/verify.ts"
import { codes, ExitWith } from "../ExitWith.ts"
import * as layers from "../layers.ts"

const mend = "name a leaderboard.json of `warmline run`, a manifest.json of `warmline export`, or a baseline"

const Format = Schema.Struct({ format: Schema.String })

const formatOf = Effect.fnUntraced(function* (file: string) {
  const fs = yield* FileSystem.FileSystem
  const text = yield* fs
    .readFileString(file)
    .pipe(
      Effect.mapError(
        (error) => new FileError({ place: file, reason: `cannot be read (${error.reason._tag})`, mend })
      )
    )
  return yield* Schema.decodeUnknownEffect(Schema.fromJsonString(Format))(text).pipe(
    Effect.mapError(
      () => new FileError({ place: file, reason: "is no leaderboard, baseline or manifest", mend })
    )
  )
})

const verifyBaseline = Effect.fnUntraced(function* (file: string) {
  const baseline = yield* readJson(Baseline, file, mend)
  const seal: Check = isSealed(baseline)
    ? { what: "the file's own hash", result: "same" }
    : { what: "the file's own hash", result: "changed", detail: "something in it was edited" }
  return [seal, ...verifyDefinitions({ conditions: [baseline.condition], instruments: baseline.instruments })]
})

const notThere = (detail: string): Check => ({ what: "posts and tables", result: "not checked", detail })

/** A manifest against itself and the store; `leaderboard`: and the tables that stand beside it. */
const verifyRun = Effect.fnUntraced(function* (
  stated: Leaderboard["manifest"],
  leaderboard: Leaderboard | undefined,
  store: string
) {
  const manifest = yield* decodeManifest(JSON.stringify(stated))
  const alone = verifyAlone(manifest)
  const named: readonly Check[] =
    leaderboard === undefined || leaderboard.run === manifest.run
      ? []
      : [
          {
            what: "run",
            result: "changed",
            detail: `${leaderboard.run}, and ${manifest.run} in its manifest`
          }
        ]
  // A store is not made by looking for one.
  if (!existsSync(store)) return [...alone, ...named, notThere(`there is no store at ${store}`)]
  const stored = Effect.gen(function* () {
    const row = yield* (yield* Runs).get(manifest.run)
    if (Option.isNone(row)) return [notThere(`${store} has no run ${manifest.run}`)]
    return [
      verifyManifest(stated, JSON.parse(row.value.manifest)),
      ...(yield* verifyPosts(manifest)),
      ...(leaderboard === undefined ? [] : yield* verifyTables({ ...leaderboard, run: manifest.run }))
    ]
  })
  return [...alone, ...named, ...(yield* stored.pipe(Effect.provide(layers.store(store))))]
})

/** A folder stands for the leaderboard, or else the export's manifest, in it. */
const fileIn = Effect.fnUntraced(function* (given: string) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const is = (type: "File" | "Directory", place: string) =>
    fs.stat(place).pipe(
      Effect.map((info) => info.type === type),
      Effect.orElseSucceed(() => false)
    )
  if (!(yield* is("Directory", given))) return given
  for (const name of ["leaderboard.json", "manifest.json"]) {
    if (yield* is("File", path.join(given, name))) return path.join(given, name)
  }
  return yield* new FileError({
    place: given,
    reason: "a folder without leaderboard.json or manifest.json",
    mend
  })
})

const checksOf = Effect.fnUntraced(function* (file: string, store: string) {
  const { format } = yield* formatOf(file)
  if (format.startsWith("warmline-baseline/")) return yield* verifyBaseline(file)
  if (format.startsWith("warmline-manifest/"))
    return yield* verifyRun(yield* readJson(Schema.Json, file, mend), undefined, store)
  const leaderboard = yield* readJson(Leaderboard, file, mend)
  return yield* verifyRun(leaderboard.manifest, leaderboard, store)
})

/** Prints every check; fails with exit code 1 when something is not as it is stated. */
export const verifyFile = (given: VerifyOptions) =>
  Effect.gen(function* () {
    const file = yield* fileIn(given.file)
    const checks = yield* checksOf(file, given.store)
    const changed = checks.filter(({ result }) => result === "changed").length
    yield* Effect.sync(() => {
      if (given.json) {
        process.stdout.write(`${JSON.stringify({ file, changed, checks }, null, 2)}\n`)
        return
      }
      const lines = checks.map(
        ({ what, result, detail }) =>
          `  ${result.padEnd(11)}  ${what}${detail === undefined ? "" : `: ${detail}`}`
      )
      const end =
        changed === 0
          ? "Nothing that was checked has changed."
          : `${counted(changed, "check")} found a change.`
      process.stdout.write(`${file}\n${lines.join("\n")}\n${end}\n`)
    })
    if (changed > 0) return yield* new ExitWith({ code: codes.failed })
  }).pipe(Effect.provide(layers.library))
