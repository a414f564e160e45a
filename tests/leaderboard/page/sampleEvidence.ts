/** Evidence made up for the tests of the page: texts and ratings that nobody gave. */
import { Schema } from "effect"
import type { Leaderboard } from "../../../harness/leaderboard/Leaderboard.ts"
import type { RaterAudit } from "../../../harness/leaderboard/page/auditSection.ts"
import type { Evidence } from "../../../harness/leaderboard/page/evidence.ts"
import { RunManifest } from "../../../harness/run/Manifest.ts"
import type { PostRecord, RecordedAnswer, RecordedRating } from "../../../harness/store/PostRecords.ts"
import type { SuiteName } from "../../../harness/study/Ids.ts"
import { clearRows, sampleLeaderboard, sampleRow, sampleTable } from "../sampleLeaderboard.ts"
import { agreementOf } from "./sampleAgreement.ts"

/** What stands at a place of the page. */
export type Texts = (place: string) => string

const hash = (letter: string) => letter.repeat(64)
const scale = (minimum: number, maximum: number) => ({ minimum, maximum, step: 1, anchors: {} })

const instrument = (
  name: string,
  title: string,
  dimensions: readonly string[],
  rest: { readonly aggregate: string; readonly direction: string; readonly maximum: number }
) => ({
  hash: hash(name === "risk" ? "d" : "c"),
  definition: {
    name,
    title,
    instructions: "Read the post, then the response.",
    dimensions: dimensions.map((dimension) => ({
      name: dimension,
      question: "How much?",
      scale: scale(name === "risk" ? 0 : 1, rest.maximum),
      direction: rest.direction
    })),
    aggregate: rest.aggregate,
    citation: "made up"
  }
})

/** A manifest with an empathy and a risk instrument, a proxy and a judge. */
export const sampleManifest = (text: Texts) => ({
  format: "warmline-manifest/1",
  run: "quick-0a1b2c3d",
  plan: hash("a"),
  study: { name: "quick", title: text("study title") },
  seed: 7,
  epochs: 1,
  posts: 6,
  calls: 18,
  suites: ["anger", "anxiety", "workplace"].map((name) => ({
    name,
    domain: name,
    hash: hash("b"),
    posts: 2,
    provenance: text("provenance"),
    licence: "MIT"
  })),
  conditions: [],
  instruments: [
    instrument("perceived-empathy", text("instrument title"), ["empathic"], {
      aggregate: "mean",
      direction: "higher-is-better",
      maximum: 5
    }),
    instrument("risk", "Risk", ["sycophancy", "escalation"], {
      aggregate: "none",
      direction: "reversed",
      maximum: 3
    })
  ],
  sources: [],
  raters: [{ id: "lexical", kind: "proxy", plugin: "lexical", version: "1" }],
  software: { warmline: "0.1.0", node: "v24.0.0", platform: "linux-x64", packages: {} },
  startedAt: "2026-01-02T03:04:05Z"
})

const rating = (rest: Partial<RecordedRating>): RecordedRating => ({
  rater: "lexical",
  raterVersion: "1",
  raterKind: "proxy",
  panel: null,
  instrument: "perceived-empathy",
  instrumentHash: hash("c"),
  dimension: "empathic",
  repeat: 1,
  value: 3,
  unscored: null,
  rationale: "",
  excluded: false,
  ...rest
})

const ratings = (text: Texts, score: number): readonly RecordedRating[] => [
  rating({ value: score }),
  rating({ rater: text("judge"), raterKind: "judge", value: score, rationale: text("rationale") }),
  rating({
    rater: text("judge"),
    raterKind: "judge",
    instrument: "risk",
    dimension: "sycophancy",
    value: null,
    unscored: text("unscored reason")
  }),
  rating({ rater: text("person"), raterKind: "human", panel: "crowd", value: 4 }),
  rating({ rater: "p-2", raterKind: "human", panel: "crowd", value: 2 }),
  rating({ rater: "p-3", raterKind: "human", panel: "crowd", value: 1, excluded: true }),
  rating({ rater: "p-4", raterKind: "human", panel: "crowd", value: null, unscored: text("unscored reason") })
]

const answer = (source: string, score: number, text: Texts): RecordedAnswer => ({
  source,
  author: "model",
  condition: "base",
  epoch: 1,
  outcome: "ok",
  text: text("response"),
  words: 12,
  ratings: ratings(text, score)
})

/** The audit of one rater, as far as the page needs it. */
export const sampleAudit = (text: Texts): RaterAudit => ({
  rater: text("judge"),
  kind: "judge",
  version: hash("e"),
  at: "2026-01-03T00:00:00Z",
  measures: [
    {
      instrument: "perceived-empathy",
      measure: "aggregate",
      margins: { margin: 0.3, least: 0.5 },
      range: [1, 5],
      lines: [
        {
          check: "padded",
          change: "polite words without content at the end",
          demand: "must-not-rise",
          shift: {
            ok: true,
            value: { n: 24, mean: 0.41, lower: 0.3, upper: 0.52, lowerBound: 0.32, upperBound: 0.5 }
          },
          outcome: "fail"
        },
        {
          check: "dismissive",
          change: "a dismissive answer instead",
          demand: "must-fall",
          shift: {
            ok: true,
            value: { n: 24, mean: -2.2, lower: -2.5, upper: -1.9, lowerBound: -2.4, upperBound: -2 }
          },
          outcome: "pass"
        },
        {
          check: "typos",
          change: "typing errors",
          demand: "must-not-move",
          shift: { ok: false, reason: "no items have a score with and without it" },
          outcome: "not-judged"
        }
      ],
      repeats: [
        { temperature: 0, result: { ok: false, reason: "no repeated verdicts" }, outcome: "not-judged" }
      ],
      frozen: []
    }
  ],
  drift: []
})

const domains = ["anger", "anxiety", "workplace"]

/** Six posts in three domains, each answered by every source. */
export const sampleEvidence = (text: Texts, sources: readonly string[]): Evidence => {
  const posts = Array.from(
    { length: 6 },
    (_, ordinal): PostRecord => ({
      ordinal,
      suite: domains[ordinal >> 1]! as SuiteName,
      domain: domains[ordinal >> 1]! as SuiteName,
      post: `${domains[ordinal >> 1]}-0${(ordinal % 2) + 1}`,
      title: text(`title ${ordinal}`),
      body: text("body"),
      language: "en",
      crisis: ordinal === 5,
      contentNote: ordinal === 5 ? text("content note") : null,
      answers: sources.map((source, index) => answer(source, 4 - index, text))
    })
  )
  return {
    manifest: Schema.decodeUnknownSync(RunManifest)(sampleManifest(text)),
    choice: {
      ordinals: posts.map(({ ordinal }) => ordinal),
      reasons: new Map(),
      posts: posts.length,
      answers: posts.length * sources.length
    },
    posts,
    spread: new Map(posts.map(({ ordinal }) => [ordinal, [0, 2.5, 1.5, 0.5, 2, 1][ordinal]!])),
    agreement: agreementOf(text("judge")),
    audits: [sampleAudit(text), { rater: "lexical", kind: "proxy", version: "1", measures: [], drift: [] }]
  }
}

/** A whole report: people, a judge's risk dimensions, a proxy. */
export const sampleReport = (
  text: Texts
): { readonly leaderboard: Leaderboard; readonly evidence: Evidence } => {
  const sources = clearRows.map(({ source }) => source)
  const risk = (measure: string, shift: number) =>
    sampleTable(
      sources.map((source, index) => sampleRow(source, 0.4 + shift + index / 2, 0.1, [1, 3])),
      {
        instrument: "risk",
        title: "Risk",
        measure,
        raterKind: "judge",
        raters: [text("judge")],
        scale: { minimum: 0, maximum: 3 },
        estimand: "Mean score by a judge.",
        domains: []
      }
    )
  return {
    leaderboard: sampleLeaderboard(
      [
        sampleTable(clearRows, { raterKind: "human", raters: ["p-1", "p-2", "p-3"], panels: ["crowd"] }),
        risk("escalation", 0),
        risk("sycophancy", 0.3),
        sampleTable(clearRows)
      ],
      {
        study: { name: "quick", title: text("study title"), caution: text("caution") },
        manifest: sampleManifest(text) as Leaderboard["manifest"]
      }
    ),
    evidence: sampleEvidence(text, sources)
  }
}
