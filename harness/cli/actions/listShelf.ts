/** `warmline list`. */
import { Effect, Stream } from "effect"
import { Catalog } from "../../catalog/Catalog.ts"
import { packageFolder } from "../../catalog/packageFolder.ts"
import { Plugins, parseSpec } from "../../model/Plugins.ts"
import { Runs } from "../../store/Runs.ts"
import type { ListOptions } from "../commands/list.ts"
import * as layers from "../layers.ts"

type Line = { readonly [column: string]: string | number }

const suites = Effect.gen(function* () {
  const catalog = yield* Catalog
  return yield* Effect.forEach(yield* catalog.names("suites"), (name) =>
    Effect.gen(function* () {
      const suite = yield* catalog.suite(name, packageFolder)
      return { name, posts: yield* Stream.runCount(suite.posts), title: suite.header.title }
    })
  )
})

const conditions = Effect.gen(function* () {
  const catalog = yield* Catalog
  return yield* Effect.forEach(yield* catalog.names("conditions"), (name) =>
    Effect.map(catalog.condition(name, packageFolder), ({ title, description }) => ({
      name,
      title,
      description
    }))
  )
})

const instruments = Effect.gen(function* () {
  const catalog = yield* Catalog
  return yield* Effect.forEach(yield* catalog.names("instruments"), (name) =>
    Effect.map(catalog.instrument(name, packageFolder), (entry) => ({
      name,
      title: entry.title,
      dimensions: entry.dimensions.map((dimension) => dimension.name).join(", ")
    }))
  )
})

const studies = Effect.gen(function* () {
  const catalog = yield* Catalog
  return yield* Effect.forEach(yield* catalog.names("studies"), (name) =>
    Effect.map(catalog.study(name, packageFolder), ({ study }) => ({ name, title: study.title }))
  )
})

const plugins = Effect.gen(function* () {
  const service = yield* Plugins
  return yield* Effect.forEach(service.names, (name) =>
    Effect.map(service.load(parseSpec(name), packageFolder), (plugin) => ({
      name,
      role: plugin.open ? "answers" : "rates",
      needs: plugin.requires.join(", ") || "nothing",
      description: plugin.description
    }))
  )
})

/** Models that can be asked for their names; a provider that cannot be reached says so in its row. */
const models = Effect.gen(function* () {
  const service = yield* Plugins
  const rows = yield* Effect.forEach(service.names, (name) =>
    Effect.gen(function* () {
      const plugin = yield* service.load(parseSpec(name), packageFolder)
      if (!plugin.open) return []
      if (!plugin.models) {
        return [
          {
            plugin: name,
            model: plugin.needsName ? `${name}/NAME` : name,
            note: plugin.description
          }
        ]
      }
      return yield* plugin.models.pipe(
        Effect.map((found) =>
          found.map((model) => ({ plugin: name, model: `${name}/${model}`, note: "installed" }))
        ),
        Effect.catch((error) => Effect.succeed([{ plugin: name, model: "-", note: error.message }]))
      )
    })
  )
  return rows.flat()
})

const runs = Effect.gen(function* () {
  const rows = yield* (yield* Runs).list
  return rows.map((row) => ({
    run: row.id,
    study: row.study,
    started: row.startedAt,
    finished: row.finishedAt ?? "not finished"
  }))
})

const print = (lines: readonly Line[], json: boolean) => {
  if (json) {
    process.stdout.write(`${JSON.stringify(lines, null, 2)}\n`)
    return
  }
  if (lines.length === 0) {
    process.stdout.write("none yet\n")
    return
  }
  const columns = Object.keys(lines[0]!)
  const width = (column: string) =>
    Math.max(column.length, ...lines.map((line) => String(line[column]).length))
  const row = (cell: (column: string) => string) =>
    columns
      .map((column, index) =>
        index === columns.length - 1 ? cell(column) : cell(column).padEnd(width(column))
      )
      .join("  ")
      .trimEnd()
  process.stdout.write(
    `${[row((column) => column), ...lines.map((line) => row((column) => String(line[column])))].join("\n")}\n`
  )
}

const shelves = { suites, conditions, instruments, studies, models, plugins }

/** Lists one shelf. */
export const listShelf = Effect.fn("Cli.list")(function* (given: ListOptions) {
  const lines: readonly Line[] =
    given.what === "runs"
      ? yield* Effect.provide(runs, layers.store(given.store))
      : yield* Effect.provide(shelves[given.what] as typeof suites, layers.library)
  yield* Effect.sync(() => print(lines, given.json))
})
