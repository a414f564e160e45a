/** What a data set that came by import is called in a store. */
import { hashJson } from "../study/Hash.ts"
import type { RunId } from "../study/Ids.ts"

/** The plugin's name of everything that came by import. */
export const importPlugin = "import"

/** The hash that stands where a generated run has its plan's. */
export const importPlan = (name: string) => hashJson({ import: name })

/** A data set's run: the same name is the same run, whatever files it is made of. */
export const importedRun = (name: string): RunId => `${name}-${importPlan(name).slice(0, 8)}` as RunId
