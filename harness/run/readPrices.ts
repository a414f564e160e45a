/** The price list of a shipped plugin, or of the user's. */
import { Effect, FileSystem, Path } from "effect"
import { packageFolder } from "../catalog/packageFolder.ts"
import { readYaml } from "../catalog/YamlFile.ts"
import { PriceList } from "../model/Prices.ts"

/** `plugins/<plugin>/prices.yaml` of the package; `undefined` where there is none. */
export const readPrices = Effect.fn("Run.readPrices")(function* (plugin: string) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const file = path.join(packageFolder, "plugins", path.basename(plugin), "prices.yaml")
  const there = yield* Effect.orElseSucceed(fs.exists(file), () => false)
  return there ? yield* readYaml(PriceList, file) : undefined
})

/** A price list of the user's, keyed by source specification (`openai/gpt-4.1`). */
export const readUserPrices = (file: string) => readYaml(PriceList, file, "name the file with --prices")
