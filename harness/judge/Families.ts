/** Which models are of one family, by a table of patterns: judges favour their own (self-preference). */
import { Effect, Path, Schema } from "effect"
import { packageFolder } from "../catalog/packageFolder.ts"
import { readYaml } from "../catalog/YamlFile.ts"

const FamilyTable = Schema.Struct({
  families: Schema.Record(Schema.NonEmptyString, Schema.Array(Schema.NonEmptyString))
})

/** Finds the family of a model; `undefined` when no table knows it. */
export type FamilyOf = (plugin: string, model: string) => string | undefined

const literal = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")

const matcher = (pattern: string): RegExp =>
  new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`, "i")

/** Makes a finder of tables; the first that fits is taken. */
export const familyFinder = (tables: readonly (typeof FamilyTable.Type)[]): FamilyOf => {
  const rules = tables.flatMap(({ families }) =>
    Object.entries(families).flatMap(([family, patterns]) =>
      patterns.map((pattern) => [matcher(pattern), family] as const)
    )
  )
  return (plugin, model) =>
    rules.find(([pattern]) => pattern.test(`${plugin}/${model}`) || pattern.test(model))?.[1]
}

/** The shipped table, with the user's before it. */
export const readFamilies = Effect.fn("Judge.readFamilies")(function* (own: string | undefined) {
  const path = yield* Path.Path
  const shipped = path.join(packageFolder, "benchmarks", "judges", "families.yaml")
  const files = own === undefined ? [shipped] : [own, shipped]
  return familyFinder(
    yield* Effect.forEach(files, (file) => readYaml(FamilyTable, file, "name the file with --families"))
  )
})

/** A source as far as its family is concerned. */
export interface FamilyMember {
  readonly id: string
  readonly plugin: string
  readonly model: string
  readonly kind: string
}

/**
 * Whether a judge would rate itself or its kin: the same plugin and model, or a family that both belong to. A
 * recorded source is known by its id. Programs and people have no family.
 */
export const isKin = (
  familyOf: FamilyOf,
  judge: { readonly plugin: string; readonly model: string; readonly family: string | undefined },
  source: FamilyMember
): boolean => {
  if (source.kind !== "model") return false
  if (source.plugin === judge.plugin && source.model === judge.model) return true
  if (judge.family === undefined) return false
  const family =
    familyOf(source.plugin, source.model) ?? familyOf(source.plugin, source.id) ?? familyOf("", source.id)
  return family === judge.family
}
