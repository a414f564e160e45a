/** Finds suites, conditions, instruments and studies: beside the study file first, then in the package. */
import { Context, Effect, FileSystem, Layer, Path } from "effect"
import { Condition } from "../study/Condition.ts"
import { Instrument } from "../study/Instrument.ts"
import { StudyFile } from "../study/Study.ts"
import { checkCondition } from "../study/Template.ts"
import { FileError } from "./FileError.ts"
import { openSuite, type SuiteFolder } from "./SuiteFolder.ts"
import { readYaml } from "./YamlFile.ts"

const shelves = {
  conditions: "condition",
  instruments: "instrument",
  studies: "study",
  suites: "suite"
} as const

/** What the catalog holds of. */
export type Shelf = keyof typeof shelves

/** Levenshtein distance, for "did you mean". */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}

/** ` (did you mean x?)` when a known name is close, else the known names. */
export const suggest = (wanted: string, known: readonly string[]): string => {
  const closest = [...known].sort((a, b) => distance(wanted, a) - distance(wanted, b))[0]
  if (closest !== undefined && distance(wanted, closest) <= Math.max(2, wanted.length / 3)) {
    return `did you mean ${closest}?`
  }
  return known.length === 0 ? "none are known" : `known are ${known.join(", ")}`
}

/** The catalog of what can be benchmarked. `folder` in each method is where relative names start from. */
export class Catalog extends Context.Service<
  Catalog,
  {
    /** Names on a shelf of the package, sorted. */
    readonly names: (shelf: Shelf) => Effect.Effect<readonly string[]>
    readonly suite: (nameOrFolder: string, folder: string) => Effect.Effect<SuiteFolder, FileError>
    readonly condition: (name: string, folder: string) => Effect.Effect<Condition, FileError>
    readonly instrument: (name: string, folder: string) => Effect.Effect<Instrument, FileError>
    /** A study file by path, or by the name of one in the package; with the folder it lies in. */
    readonly study: (
      nameOrFile: string,
      folder: string
    ) => Effect.Effect<
      { readonly file: string; readonly folder: string; readonly study: StudyFile },
      FileError
    >
  }
>()("warmline/Catalog") {
  static readonly layer = (packageFolder: string) =>
    Layer.effect(
      Catalog,
      Effect.gen(function* () {
        const fs = yield* FileSystem.FileSystem
        const path = yield* Path.Path
        const context = yield* Effect.context<FileSystem.FileSystem | Path.Path>()
        const shipped = path.join(packageFolder, "benchmarks")
        const exists = (file: string) => Effect.orElseSucceed(fs.exists(file), () => false)

        const names = Effect.fn("Catalog.names")(function* (shelf: Shelf) {
          const entries = yield* fs
            .readDirectory(path.join(shipped, shelf))
            .pipe(Effect.orElseSucceed(() => []))
          return entries
            .filter((entry) => (shelf === "suites" ? !entry.includes(".") : entry.endsWith(".yaml")))
            .map((entry) => entry.replace(/\.yaml$/, ""))
            .sort()
        })

        /** The file of a name: a path if it looks like one, else beside the study, else in the package. */
        const locate = Effect.fn("Catalog.locate")(function* (shelf: Shelf, wanted: string, folder: string) {
          const ending = shelf === "suites" ? "" : ".yaml"
          const candidates =
            /[/\\]/.test(wanted) || /\.ya?ml$/.test(wanted)
              ? [path.resolve(folder, wanted)]
              : [path.join(folder, shelf, wanted + ending), path.join(shipped, shelf, wanted + ending)]
          for (const candidate of candidates) if (yield* exists(candidate)) return candidate
          return yield* new FileError({
            place: wanted,
            reason: `no such ${shelves[shelf]}`,
            mend: suggest(wanted, yield* names(shelf))
          })
        })

        return Catalog.of({
          names,
          suite: (wanted, folder) =>
            locate("suites", wanted, folder).pipe(Effect.flatMap(openSuite), Effect.provideContext(context)),
          condition: Effect.fn("Catalog.condition")(function* (wanted, folder) {
            const file = yield* locate("conditions", wanted, folder)
            const condition = yield* readYaml(Condition, file).pipe(Effect.provideContext(context))
            const wrong = checkCondition(condition)
            if (wrong)
              return yield* new FileError({
                place: file,
                reason: wrong.message,
                mend: "correct the template"
              })
            return condition
          }),
          instrument: (wanted, folder) =>
            locate("instruments", wanted, folder).pipe(
              Effect.flatMap((file) => readYaml(Instrument, file)),
              Effect.provideContext(context)
            ),
          study: Effect.fn("Catalog.study")(function* (wanted, folder) {
            const file = yield* locate("studies", wanted, folder)
            const study = yield* readYaml(StudyFile, file).pipe(Effect.provideContext(context))
            return { file, folder: path.dirname(file), study }
          })
        })
      })
    )
}
