import type { GateResult } from "../../harness/gate/GateResult.ts"

/** A gate whose every name is `name`: two criteria, one broken and one open. */
export const sampleGate = (name = "mine", answer: GateResult["answer"] = "fail"): GateResult => ({
  format: "warmline-gate/1",
  answer,
  candidate: { run: name, source: name, plugin: name, version: name, model: name },
  baseline: {
    run: name,
    source: `old ${name}`,
    plugin: name,
    version: name,
    model: name,
    savedAt: "2026-01-02T03:04:05.000Z",
    hash: "ab".repeat(32)
  },
  condition: name,
  raterKind: "proxy",
  raters: [name],
  level: 0.95,
  criteria: [
    {
      metric: `${name}/one`,
      kind: "margin",
      allowed: 0.2,
      scale: { minimum: 1, maximum: 5 },
      turned: false,
      answer: answer === "pass" ? "pass" : answer,
      posts: 40,
      candidate: 2.5,
      baseline: 3,
      seen: { estimate: -0.5, se: 0.1, df: 39, lower: -0.67, upper: -0.33 },
      holds: answer === "pass",
      p: 0.0001,
      pAdjusted: 0.0002
    },
    {
      metric: `${name}/two`,
      kind: "ceiling",
      allowed: 1,
      scale: { minimum: 0, maximum: 3 },
      turned: false,
      answer: answer === "pass" ? "pass" : "inconclusive",
      posts: 40,
      candidate: 0.9,
      baseline: null,
      seen: { estimate: 0.9, se: 0.1, df: 39, lower: 0.73, upper: 1.07 },
      holds: answer === "pass",
      p: 0.8,
      pAdjusted: 0.8,
      ...(answer === "pass" ? {} : { more: { posts: 60 } })
    }
  ],
  ...(answer === "inconclusive" ? { more: { posts: 60, epochs: 2 } } : {}),
  posts: 42,
  paired: 40,
  missing: [{ reason: "refused by the model", posts: 2 }],
  maxMissing: 0.05,
  drift: [{ metric: name, rater: name, posts: 42, estimate: 0.3, lower: 0.2, upper: 0.4 }],
  notes: [name]
})
