/** Agreement of a made-up judge with made-up people, computed by the project's own functions. */
import type { Agreement } from "../../../harness/leaderboard/page/agreementSection.ts"
import { againstPeople, type RatedText } from "../../../harness/stats/agreement/AgainstPeople.ts"
import { amongPeople } from "../../../harness/stats/agreement/AmongPeople.ts"
import { judgeVerdict } from "../../../harness/stats/agreement/JudgeVerdict.ts"
import { defaultAgreement } from "../../../harness/study/Study.ts"

/** One dimension, one judge, one panel, 36 texts. */
export const agreementOf = (rater: string): Agreement => {
  const texts = Array.from({ length: 36 }, (_, i): RatedText => {
    const level = 1 + (i % 5)
    return {
      post: `post-${i >> 1}`,
      source: i % 2 === 0 ? "reflective" : "eliza",
      words: 20 + 3 * i,
      score: Math.min(5, level + (i % 3 === 0 ? 1 : 0)),
      people: [level, Math.max(1, level - (i % 2)), Math.min(5, level + (i % 4 === 0 ? 1 : 0))]
    }
  })
  const result = againstPeople(texts)
  if (!result.ok) throw new Error(result.reason)
  return {
    thresholds: defaultAgreement,
    dimensions: [
      {
        instrument: "perceived-empathy",
        dimension: "empathic",
        scale: { minimum: 1, maximum: 5 },
        panels: [{ panel: "crowd", people: 3, among: amongPeople(texts) }],
        raters: [
          {
            rater,
            version: "1",
            label: rater,
            kind: "judge",
            panel: "crowd",
            result,
            verdict: judgeVerdict(result.value.overall, 4, defaultAgreement),
            texts
          }
        ]
      }
    ]
  }
}
