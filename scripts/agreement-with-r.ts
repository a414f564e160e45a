/**
 * How far the statistics are from R's: `node scripts/agreement-with-r.ts [--cli] [--markdown] [FOLDER ...]`. A folder
 * holds
 * data sets and R's figures as `tests/stats/truth` does (the default). Prints, by group of figures, how many
 * there are and by how much the worst deviates; `--cli` has the mixed models analysed by `warmline analyze`,
 * `--markdown` prints the table of docs/statistics.md. Exits 1 when a group is beyond its tolerance.
 */
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Analyze from "../harness/stats/mixed/Analyze.ts"
import { compareAgreement } from "../tests/stats/withR/compareAgreement.ts"
import { compareCluster } from "../tests/stats/withR/compareCluster.ts"
import {
  type AnalyseWith,
  columnsOf,
  compareAnalyses,
  compareBeyond
} from "../tests/stats/withR/compareMixed.ts"
import { compareOthers } from "../tests/stats/withR/compareOthers.ts"
import * as Deviations from "../tests/stats/withR/Deviations.ts"
import * as TruthFolder from "../tests/stats/withR/TruthFolder.ts"

const bin = fileURLToPath(new URL("../harness/cli/bin.ts", import.meta.url))

/** Analyses by a process of the command line each. */
const byCommand =
  (folder: string): AnalyseWith =>
  (data, { model, levels, method, df, adjust }) => {
    const flags = Object.entries({
      rater: "rater_id",
      post: "post_id",
      model,
      method,
      df,
      adjust,
      levels: levels?.join(","),
      length: model === "length" ? "words" : undefined,
      domain: model === "domain" ? "domain" : undefined
    }).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]))
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [bin, "analyze", join(folder, `${data}.csv`), ...flags, "--json"],
      { encoding: "utf8" }
    )
    if (status !== 0) throw new Error(stderr)
    return JSON.parse(stdout)
  }

const inProcess =
  (truth: TruthFolder.TruthFolder): AnalyseWith =>
  (data, options) => {
    const result = Analyze.analyze(columnsOf(truth, data), options)
    if (!result.ok) throw new Error(result.reason)
    return result.value
  }

const given = process.argv.slice(2)
const cli = given.includes("--cli")
const markdown = given.includes("--markdown")
const folders = given.filter((word) => !word.startsWith("--"))
if (folders.length === 0) folders.push(fileURLToPath(new URL("../tests/stats/truth", import.meta.url)))
for (const folder of folders) {
  const truth = TruthFolder.open(folder)
  const deviations = Deviations.make()
  compareAnalyses(truth, cli ? byCommand(folder) : inProcess(truth), deviations)
  compareBeyond(truth, deviations)
  compareCluster(truth, deviations)
  if (TruthFolder.keys(truth.misc).length > 0) {
    compareAgreement(truth, deviations)
    compareOthers(truth, deviations)
  }
  if (markdown) for (const row of Deviations.markdown(deviations.groups())) console.log(row)
  else console.log(folder)
  for (const { name, figures, worst, tolerance, measure, where } of deviations.groups()) {
    const beyond = worst > tolerance
    if (beyond) process.exitCode = 1
    if (markdown) continue
    console.log(
      `${beyond ? "BEYOND " : "       "}${name.padEnd(64)}${`${figures}`.padStart(6)}  ` +
        `${Deviations.shown(worst).padEnd(6)} of ${`${tolerance}`.padEnd(7)} ${measure}${beyond ? `, ${where}` : ""}`
    )
  }
}
