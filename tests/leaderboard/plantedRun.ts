/** A run in a store with planted effects: people, judges and proxies whose differences are known beforehand. */
import { Array as Arr, Effect } from "effect"
import { SqlClient } from "effect/sql"
import { decodeManifest, encodeManifest, type RunManifest } from "../../harness/run/Manifest.ts"
import * as Random from "../../harness/stats/Random.ts"
import { Runs } from "../../harness/store/Runs.ts"
import { begin, generate, patience, type World } from "../run/study.ts"

/** What is planted. */
export interface Planted {
  readonly posts: number
  readonly domains: number
  /** True means by source. */
  readonly sources: Readonly<Record<string, number>>
  readonly people: number
  /** Ratings a text by people. */
  readonly perText: number
  /** Half of the people rate the first half of the sources and the others the rest: a design without a link. */
  readonly apart?: boolean
  /** Only the first posts are rated by people. */
  readonly labelled?: number
  /** True means by source of a judge, who rates every text. */
  readonly judge?: Readonly<Record<string, number>>
  readonly seed: number
  readonly study?: Partial<RunManifest>
}

/** One planted rating of a person, as a table for `warmline analyze` has it. */
export interface PlantedRating {
  readonly rating: number
  readonly source: string
  readonly rater: string
  readonly post: string
  readonly domain: string
}

/** The world that the run is made in. */
export const worldOf = ({ posts, sources }: Planted): World => ({
  posts: Array.from({ length: posts }, (_, i) => `post-${i}`),
  sources: Object.keys(sources).map((name, s) => ({
    name,
    // Lengths differ between posts and sources, and no source is told by its length alone.
    generate: (request) => {
      const post = Number(/post-(\d+)/.exec(JSON.stringify(request.messages))?.[1])
      return `I hear you, says ${name}. ${"It is hard. ".repeat(8 + ((post * 7 + Math.floor(post / 6) * 5 + s * 3) % 11))}`
    }
  }))
})

const grade = (value: number) => Math.min(5, Math.max(1, Math.round(value)))

/** Ratings with effects of rater, post, text and rater × source, on a scale of 1 to 5. */
const ratingsOf = (planted: Planted): readonly (PlantedRating & { readonly ordinal: number })[] => {
  const random = Random.make(planted.seed)
  const names = Object.keys(planted.sources)
  const leniency = Array.from({ length: planted.people }, () => 0.4 * random.normal())
  const leaning = Array.from({ length: planted.people * names.length }, () => 0.15 * random.normal())
  const out: (PlantedRating & { ordinal: number })[] = []
  let next = 0
  for (let ordinal = 0; ordinal < (planted.labelled ?? planted.posts); ordinal++) {
    const trouble = 0.3 * random.normal()
    names.forEach((source, s) => {
      const text = 0.28 * random.normal()
      for (let k = 0; k < planted.perText; k++) {
        // Steps coprime to most sizes spread people over texts evenly.
        const any = (next++ * 7 + ordinal) % planted.people
        const person = planted.apart ? 2 * Math.floor(any / 2) + Number(s >= names.length / 2) : any
        const value =
          planted.sources[source]! +
          trouble +
          text +
          leniency[person]! +
          leaning[person * names.length + s]! +
          0.6 * random.normal()
        out.push({
          ordinal,
          rating: grade(value),
          source,
          rater: `person-${person}`,
          post: String(ordinal),
          domain: `domain-${ordinal % planted.domains}`
        })
      }
    })
  }
  // A person who met a text twice rated it once.
  const seen = new Set<string>()
  return out.filter(({ ordinal, source, rater }) => {
    const key = `${ordinal} ${source} ${rater}`
    return !seen.has(key) && seen.add(key)
  })
}

/** Begins and answers the run and puts the ratings into its store; gives the people's ratings. */
export const plantRun = Effect.fn("Test.plantRun")(function* (planted: Planted) {
  const sql = yield* SqlClient.SqlClient
  const runs = yield* Runs
  const plan = yield* begin(worldOf(planted))
  yield* generate(plan, patience)
  const run = plan.runId
  const manifest = { ...(yield* decodeManifest((yield* runs.named(run)).manifest)), ...planted.study }
  yield* sql`UPDATE run_post SET domain = 'domain-' || (ordinal % ${planted.domains}) WHERE run_id = ${run}`
  const instrument = manifest.instruments[0]!
  const dimension = {
    instrument: instrument.definition.name,
    instrument_hash: instrument.hash,
    name: instrument.definition.dimensions[0]!.name
  }
  yield* sql`INSERT INTO dimension ${sql.insert(dimension)} ON CONFLICT (instrument_hash, name) DO NOTHING`
  const [{ id: dimensionId }] = (yield* sql<{ id: number }>`SELECT id FROM dimension
    WHERE instrument_hash = ${instrument.hash}`) as [{ id: number }]
  const calls = new Map(
    (yield* sql<{ id: number; ordinal: number; source: string }>`SELECT call_id AS id, ordinal, source
      FROM response WHERE run_id = ${run}`).map(({ id, ordinal, source }) => [`${ordinal} ${source}`, id])
  )
  const place = Effect.fnUntraced(function* (name: string, kind: string, version: string) {
    const made = yield* sql<{
      id: number
    }>`INSERT INTO rater ${sql.insert({ name, kind, version })} RETURNING id`
    return made[0]!.id
  })
  const rows: { call_id: number; rater_id: number; value: number }[] = []
  const people = ratingsOf(planted)
  const raterIds = new Map<string, number>()
  for (const { rater } of people) {
    if (!raterIds.has(rater)) raterIds.set(rater, yield* place(rater, "human", ""))
  }
  for (const { ordinal, source, rater, rating } of people) {
    rows.push({ call_id: calls.get(`${ordinal} ${source}`)!, rater_id: raterIds.get(rater)!, value: rating })
  }
  let judges = manifest.judges
  if (planted.judge !== undefined) {
    const version = "a".repeat(64)
    const id = yield* place("planted-judge", "judge", version)
    const random = Random.make(planted.seed + 1)
    for (let ordinal = 0; ordinal < planted.posts; ordinal++) {
      for (const [source, mean] of Object.entries(planted.judge)) {
        const call_id = calls.get(`${ordinal} ${source}`)!
        rows.push({ call_id, rater_id: id, value: grade(mean + 0.5 * random.normal()) })
      }
    }
    judges = [
      {
        id: "planted-judge",
        version: version as never,
        plugin: "planted",
        pluginVersion: "1",
        model: "planted",
        parameters: {},
        ignored: [],
        prompt: { name: "rubric", hash: version as never },
        joint: false,
        structured: false,
        logprobs: false,
        epochs: 1,
        excluded: [],
        own: []
      }
    ]
  }
  for (const page of Arr.chunksOf(rows, 500)) {
    if (!Arr.isReadonlyArrayNonEmpty(page)) continue
    yield* sql`INSERT INTO rating ${sql.insert(
      Arr.map(page, (row) => ({
        ...row,
        dimension_id: dimensionId,
        epoch: 1,
        unscored: null,
        created_at: "2036-01-01T00:00:00.000Z"
      }))
    )}`
  }
  yield* runs.setManifest(run, encodeManifest({ ...manifest, ...(judges === undefined ? {} : { judges }) }))
  return { run, people }
})

/** The people's ratings as the CSV that `warmline analyze` reads. */
export const csvOf = (people: readonly PlantedRating[]): string =>
  `rating,source,rater,post,domain\n${people
    .map(({ rating, source, rater, post, domain }) => [rating, source, rater, post, domain].join(","))
    .join("\n")}\n`
