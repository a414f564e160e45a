/** Least squares with cluster-robust covariances against sandwich and clubSandwich. */
import * as ClusterRobust from "../../../harness/stats/mixed/ClusterRobust.ts"
import * as Factor from "../../../harness/stats/mixed/Factor.ts"
import * as ModelMatrix from "../../../harness/stats/mixed/ModelMatrix.ts"
import { get } from "../Truth.ts"
import { columnsOf, levelsOf } from "./compareMixed.ts"
import type { Deviations } from "./Deviations.ts"
import { find, keys, number, numbers, type TruthFolder } from "./TruthFolder.ts"

/** CR0, CR1, CR2 and two-way covariances of the sources' coefficients. */
export const compareCluster = (folder: TruthFolder, into: Deviations): void => {
  const check = into.group("cluster-robust covariances and tests", "relative", 1e-9)
  for (const data of keys(folder.lmm)) {
    const truth = find(folder.lmm, data, "cluster")
    const all = columnsOf(folder, data)
    const rows = [...all.rating.keys()].filter((i) => !Number.isNaN(all.rating[i]))
    const factor = (name: string, of: readonly string[], order?: readonly string[]) =>
      Factor.make(
        name,
        rows.map((i) => of[i]!),
        order
      )
    const source = factor("source", all.source, levelsOf(folder, data))
    const rater = factor("rater", all.rater)
    const post = factor("post", all.post)
    const rating = Float64Array.from(rows, (i) => all.rating[i]!)
    const fit = get(ClusterRobust.leastSquares(rating, ModelMatrix.make(rating.length, [[source]]).x))
    const k = source.levels.length
    const cells = new Float64Array(rating.length * k)
    source.codes.forEach((code, i) => {
      cells[i * k + code] = 1
    })
    const means = get(ClusterRobust.leastSquares(rating, cells))
    const covariances: Record<string, ClusterRobust.Covariance> = {
      iid: ClusterRobust.iid(fit),
      HC1: ClusterRobust.hc1(fit),
      rater_CR0: ClusterRobust.cr0(fit, rater),
      rater_CR1: get(ClusterRobust.cr1(fit, rater)),
      post_CR1: get(ClusterRobust.cr1(fit, post)),
      twoway_HC0_nocadjust: get(ClusterRobust.twoWay(fit, rater, post, "none")),
      twoway_CR1: get(ClusterRobust.twoWay(fit, rater, post)),
      means_twoway_HC0: get(ClusterRobust.twoWay(means, rater, post, "none"))
    }
    for (const [name, own] of Object.entries(covariances)) {
      const unit = Math.max(...own.vcov.map(Math.abs))
      for (let i = 0; i < k; i++) {
        for (let j = 0; j < k; j++)
          check(
            `${data} ${name} ${i} ${j}`,
            own.vcov[i * k + j]! / unit,
            number(truth, name, "vcov", i, j) / unit
          )
        // A negative variance has no root: null here, null there.
        const root = find(truth, name, "se", i)
        if (typeof root === "number") check(`${data} ${name} SE ${i}`, own.se[i], root)
        else check(`${data} ${name} SE ${i} missing`, own.se[i] === null ? 1 : 0, 1)
      }
    }
    const cr2 = get(ClusterRobust.cr2(fit, rater))
    for (let i = 0; i < k; i++) {
      check(`${data} CR2 SE ${i}`, cr2.se[i], numbers(truth, "CR2_rater", "se")[i]!)
      check(`${data} CR2 df ${i}`, cr2.df[i], numbers(truth, "CR2_rater", "df_satt")[i]!)
      check(`${data} CR2 p ${i}`, cr2.p[i], numbers(truth, "CR2_rater", "p")[i]!)
    }
  }
}
