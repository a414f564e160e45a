/** `warmline suite import`. */
import { Effect, Option } from "effect"
import { postWords } from "../../catalog/checkSuite.ts"
import { importSuite as importPosts } from "../../catalog/importSuite.ts"
import { SuiteMap } from "../../catalog/SuiteMap.ts"
import { readYaml } from "../../catalog/YamlFile.ts"
import type { SuiteImportOptions } from "../commands/suite.ts"

/** Imports a file by its map and says what became of every item. */
export const importSuite = Effect.fn("Cli.importSuite")(function* (given: SuiteImportOptions) {
  const map = yield* readYaml(SuiteMap, given.map, "name the map with --map")
  const folder = Option.getOrElse(given.output, () => `suites/${map.name}`)
  const result = yield* importPosts(given.file, map, folder)
  yield* Effect.sync(() => {
    if (given.json) {
      process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
      return
    }
    const lines = [
      `${result.imported} of ${result.read} posts imported as suite ${map.name} in ${result.folder}`,
      ...(result.unusualLength > 0
        ? [
            `warning: ${result.unusualLength} posts are shorter than ${postWords.min} or longer than ${postWords.max} words; they are kept`
          ]
        : []),
      "",
      "Next:",
      `  npx warmline suite check ${result.folder.includes("/") ? result.folder : `./${result.folder}`}`,
      `  npx warmline run --suite ${result.folder.includes("/") ? result.folder : `./${result.folder}`}`
    ]
    process.stdout.write(`${lines.join("\n")}\n`)
  })
})
