/** The plan: everything a study needs, found, opened and hashed, before the first call. */
import { Effect, Stream } from "effect"
import { Catalog } from "../catalog/Catalog.ts"
import type { SuiteFolder } from "../catalog/SuiteFolder.ts"
import { type Condition, conditionHash } from "../study/Condition.ts"
import type { ContentHash, RunId } from "../study/Ids.ts"
import { type Instrument, instrumentHash } from "../study/Instrument.ts"
import type { StudyFile } from "../study/Study.ts"
import { SuiteHasher } from "../study/Suite.ts"
import { openRaters, type PlannedRater } from "./openRater.ts"
import { openSource, type PlannedSource } from "./openSource.ts"
import { planHash, runIdOf } from "./planHash.ts"
import { RunError } from "./RunError.ts"
import type { StudyAt } from "./StudyAt.ts"

/** A suite of the plan. */
export interface PlannedSuite {
  readonly suite: SuiteFolder
  readonly marked: string | undefined
  readonly hash: ContentHash
  /** Posts that the study uses. */
  readonly posts: number
}

/** A study, ready to run. */
export interface Plan {
  readonly runId: RunId
  readonly hash: ContentHash
  readonly file: string
  readonly study: StudyFile
  readonly limit: number | undefined
  readonly suites: readonly PlannedSuite[]
  readonly conditions: readonly Condition[]
  readonly instruments: readonly Instrument[]
  readonly sources: readonly PlannedSource[]
  readonly raters: readonly PlannedRater[]
  /** Models that judge. They are no part of the run's identity: a judge can be added to a run at any time. */
  readonly judges: readonly PlannedSource[]
  /** Posts over all suites. */
  readonly posts: number
  /** Answers asked for: posts × sources × conditions × epochs. */
  readonly calls: number
}

/** The posts of a planned suite: those that are marked, as many as the limit allows. */
export const plannedPosts = (suite: SuiteFolder, marked: string | undefined, limit: number | undefined) => {
  const chosen =
    marked === undefined ? suite.posts : Stream.filter(suite.posts, (post) => post.marks.includes(marked))
  return limit === undefined ? chosen : Stream.take(chosen, limit)
}

const hashSuite = Effect.fn("Plan.hashSuite")(function* (
  suite: SuiteFolder,
  marked: string | undefined,
  limit: number | undefined
) {
  const hasher = new SuiteHasher(suite.header.name)
  const ids = new Set<string>()
  yield* Stream.runForEach(plannedPosts(suite, marked, limit), (post) =>
    Effect.suspend(() => {
      if (ids.has(post.id)) {
        return Effect.fail(
          new RunError({
            place: suite.folder,
            reason: `post id ${post.id} stands twice`,
            mend: "give each post an id of its own; `warmline suite check` finds all of them"
          })
        )
      }
      ids.add(post.id)
      hasher.add(post)
      return Effect.void
    })
  )
  if (ids.size === 0) {
    return yield* new RunError({
      place: suite.folder,
      reason: marked === undefined ? "the suite has no posts" : `no post is marked ${marked}`,
      mend: "choose another suite or mark"
    })
  }
  return { suite, marked, hash: hasher.digest(), posts: ids.size } satisfies PlannedSuite
})

const refuseTwice = (file: string, what: string, names: readonly string[]) => {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined
    ? Effect.void
    : Effect.fail(
        new RunError({
          place: file,
          reason: `${what} ${twice} stands twice`,
          mend: "name each once; sources may be given an id"
        })
      )
}

const hashOf = (plan: Omit<Plan, "runId" | "hash">): ContentHash =>
  planHash({
    seed: plan.study.seed,
    epochs: plan.study.epochs,
    suites: plan.suites.map(({ suite, hash }) => ({ domain: suite.domain, hash })),
    conditions: plan.conditions.map((entry) => ({ name: entry.name, hash: conditionHash(entry) })),
    instruments: plan.instruments.map((entry) => ({ name: entry.name, hash: instrumentHash(entry) })),
    sources: plan.sources.map(({ id, plugin, version, modelName, asked, config }) => ({
      id,
      plugin,
      version,
      model: modelName,
      parameters: asked,
      config
    })),
    raters: plan.raters
  })

/** Finds, opens and hashes everything a study names; whatever is missing or wrong is said here. */
export const makePlan = Effect.fn("Plan.make")(function* (at: StudyAt) {
  const catalog = yield* Catalog
  const { study, folder, file, limit } = at
  const conditions = yield* Effect.forEach(study.conditions, (name) => catalog.condition(name, folder))
  const instruments = yield* Effect.forEach(study.instruments, (name) => catalog.instrument(name, folder))
  yield* refuseTwice(file, "condition", study.conditions)
  yield* refuseTwice(
    file,
    "instrument",
    instruments.map((instrument) => instrument.name)
  )
  const system = conditions.some((condition) => condition.system !== undefined)
  const sources = yield* Effect.forEach(study.sources, (entry) =>
    openSource(at, entry, system, study.parameters)
  )
  yield* refuseTwice(
    file,
    "source",
    sources.map((source) => source.id)
  )
  const { proxies: raters, judges } = yield* openRaters(at)
  yield* refuseTwice(
    file,
    "rater",
    [...raters, ...judges].map((rater) => rater.id)
  )
  const suites = yield* Effect.forEach(study.suites, (entry) =>
    Effect.gen(function* () {
      const name = typeof entry === "string" ? entry : entry.suite
      const marked = typeof entry === "string" ? undefined : entry.marked
      return yield* hashSuite(yield* catalog.suite(name, folder), marked, limit)
    })
  )
  yield* refuseTwice(
    file,
    "suite",
    suites.map((entry) => entry.suite.header.name)
  )
  const posts = suites.reduce((sum, entry) => sum + entry.posts, 0)
  const calls = posts * sources.length * conditions.length * study.epochs
  const plan = { file, study, limit, suites, conditions, instruments, sources, raters, judges, posts, calls }
  const hash = hashOf(plan)
  return { ...plan, hash, runId: runIdOf(study.name, hash) } satisfies Plan
})
