/** The layers that commands stand on, provided here and nowhere else. */
import { ConfigProvider, Effect, Layer } from "effect"
import { shipped } from "../../plugins/index.ts"
import { Catalog } from "../catalog/Catalog.ts"
import { packageFolder } from "../catalog/packageFolder.ts"
import { Plugins } from "../model/Plugins.ts"
import { Identity } from "../ratings/Identity.ts"
import * as Store from "../store/Store.ts"

/** Keys and settings: the environment first, then a `.env` file in the folder where the command is given. */
export const settings = ConfigProvider.layerAdd(
  ConfigProvider.fromDotEnv().pipe(Effect.orElseSucceed(() => ConfigProvider.fromUnknown({})))
)

/** What can be benchmarked, and by what: no store is opened. */
export const library = Layer.mergeAll(Catalog.layer(packageFolder), Plugins.layer(shipped), settings)

/** The store in a file. */
export const store = (file: string) => Store.layer(file)

/** The store with the key by which people are known in it. */
export const people = (file: string) => Identity.layer(file).pipe(Layer.provideMerge(store(file)))
