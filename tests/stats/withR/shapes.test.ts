import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import * as Analyze from "../../../harness/stats/mixed/Analyze.ts"
import { compareCluster } from "./compareCluster.ts"
import { columnsOf, compareAnalyses, compareBeyond } from "./compareMixed.ts"
import * as Deviations from "./Deviations.ts"
import * as TruthFolder from "./TruthFolder.ts"

describe("data of other shapes", () => {
  it("agree with R: two and six sources, missing ratings, variances of 0, names with spaces", () => {
    const truth = TruthFolder.open(fileURLToPath(new URL("../truth/shapes", import.meta.url)))
    const deviations = Deviations.make()
    let singular = 0
    compareAnalyses(
      truth,
      (data, options) => {
        const result = Analyze.analyze(columnsOf(truth, data), options)
        if (!result.ok) throw new Error(result.reason)
        if (result.value.singular) singular++
        return result.value
      },
      deviations
    )
    compareBeyond(truth, deviations)
    compareCluster(truth, deviations)
    for (const { name, worst, tolerance, where } of deviations.groups())
      assert.isAtMost(worst, tolerance, `${name}: ${where}`)
    assert.isAbove(singular, 0)
    assert.isAbove(
      deviations.groups().reduce((sum, { figures }) => sum + figures, 0),
      6000
    )
  })
})
