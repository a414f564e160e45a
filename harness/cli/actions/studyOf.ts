/** The study a command line means: the file, with the flags put over it. */
import { resolve } from "node:path"
import { Effect, Option, Schema } from "effect"
import { Catalog, suggest } from "../../catalog/Catalog.ts"
import { FileError } from "../../catalog/FileError.ts"
import { Plugins } from "../../model/Plugins.ts"
import { readUserPrices } from "../../run/readPrices.ts"
import type { StudyAt } from "../../run/StudyAt.ts"
import { ConditionName, InstrumentName } from "../../study/Ids.ts"
import { StudyFile } from "../../study/Study.ts"
import type { RunOptions } from "../commands/run.ts"
import { judgingOf } from "./openJudging.ts"

/** The study that runs when none is named: no key, no network. */
const standard = "quick"

const isNonEmpty = <A>(list: readonly A[]): list is readonly [A, ...A[]] => list.length > 0

/** Names on the command line are looked up at once, so that a slip is told with what was meant. */
const knownName = Effect.fn("Study.knownName")(function* <A>(
  decode: (name: string) => Option.Option<A>,
  shelf: "conditions" | "instruments",
  flag: string,
  name: string
) {
  const decoded = decode(name)
  if (Option.isSome(decoded)) return decoded.value
  const names = yield* (yield* Catalog).names(shelf)
  return yield* new FileError({
    place: `${flag} ${name}`,
    reason: "no such name",
    mend: suggest(name, names)
  })
})

const conditionName = Schema.decodeOption(ConditionName)
const instrumentName = Schema.decodeOption(InstrumentName)

/** Reads the study and applies the flags. */
export const studyOf = Effect.fn("Study.of")(function* (given: RunOptions) {
  const catalog = yield* Catalog
  const plugins = yield* Plugins
  const here = process.cwd()
  const named = Option.isSome(given.study)
  const { file, folder, study } = yield* catalog.study(
    Option.getOrElse(given.study, () => standard),
    here
  )
  for (const model of given.model) {
    const plugin = model.split("/")[0]!
    if (/^[a-z]+$/.test(plugin) && !plugins.names.includes(plugin)) {
      const close = suggest(plugin, plugins.names)
      if (close.startsWith("did you mean")) {
        return yield* new FileError({ place: `--model ${model}`, reason: "no such plugin", mend: close })
      }
    }
  }
  const conditions = yield* Effect.forEach(given.condition, (name) =>
    knownName(conditionName, "conditions", "--condition", name)
  )
  const instruments = yield* Effect.forEach(given.instrument, (name) =>
    /\.ya?ml$/i.test(name)
      ? Effect.succeed(resolve(here, name))
      : knownName(instrumentName, "instruments", "--instrument", name)
  )
  // Files on the command line start from where the command is given, not from the study's folder.
  const fromHere = (model: string) => (/^\.{1,2}[\\/]/.test(model) ? `${here}/${model}` : model)
  const models = given.model.map(fromHere)
  const suites = given.suite.map((suite) => (/[\\/]/.test(suite) ? resolve(here, suite) : suite))
  const sources = named ? models : [...study.sources, ...models]
  const changed = new StudyFile({
    ...study,
    ...(given.model.length > 0 && isNonEmpty(sources) ? { sources } : {}),
    ...(isNonEmpty(suites) ? { suites } : {}),
    ...(isNonEmpty(conditions) ? { conditions } : {}),
    ...(isNonEmpty(instruments) ? { instruments } : {}),
    raters: [...study.raters, ...given.judge.map(fromHere)],
    judging: judgingOf(study.judging, given),
    epochs: Option.getOrElse(given.epochs, () => study.epochs),
    seed: Option.getOrElse(given.seed, () => study.seed),
    parameters: Option.match(given.temperature, {
      onNone: () => study.parameters,
      onSome: (temperature) => ({ ...study.parameters, temperature })
    })
  })
  return {
    file,
    folder,
    study: changed,
    limit: Option.getOrUndefined(given.limit),
    prices: Option.isSome(given.prices) ? yield* readUserPrices(given.prices.value) : undefined,
    strict: given.strict
  } satisfies StudyAt
})
