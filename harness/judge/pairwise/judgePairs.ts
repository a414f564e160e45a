/**
 * Compares texts two by two, always in both orders. Calls are kept by their keys, so the same comparison is never
 * paid for twice and a broken run goes on where it was.
 */
import { Effect, Stream } from "effect"
import type { Caller, Question } from "../../run/Caller.ts"
import type { StageState } from "../../run/Progress.ts"
import { Judgements } from "../../store/Judgements.ts"
import { deriveSeed } from "../../study/CallKey.ts"
import { hashJson } from "../../study/Hash.ts"
import type { Instrument } from "../../study/Instrument.ts"
import { postText } from "../../study/Post.ts"
import type { Judge } from "../Judge.ts"
import { fillPrompt } from "../JudgePrompt.ts"
import { enclose, markerOf } from "../material.ts"
import { questionTo } from "../question.ts"
import { nextPairs, type Pair, pairName } from "./Pairs.ts"
import {
  grades,
  preferenceAnswer,
  preferenceQuestion,
  preferenceSchema,
  readPreference
} from "./preference.ts"

/** One verdict: `first` and `second` are sources in the order shown, `grade` +2 to −2 for the first. */
export interface Preference {
  readonly judge: string
  readonly post: string
  readonly first: string
  readonly second: string
  /** `null`: could not be read twice, or the call failed. */
  readonly grade: number | null
  /** Words of each, in that order. */
  readonly words: readonly [number, number]
}

/** The call that shows a pair in one order. */
export const pairQuestion = (
  judge: Judge,
  instrument: Instrument,
  { shared, a, b }: Pair,
  seed: number,
  again: boolean
): Question => {
  const { prompt } = judge.settings
  const post = postText(shared.post)
  const [first, second] = [shared.texts.get(a)!.text, shared.texts.get(b)!.text]
  const code = markerOf(seed, [post, first, second], [instrument.name, "pair"])
  const values = {
    marker: code,
    instructions: instrument.instructions,
    post: enclose("post", code, post),
    first: enclose("first", code, first),
    second: enclose("second", code, second),
    questions: preferenceQuestion(instrument),
    answer: preferenceAnswer
  }
  const user = fillPrompt(prompt.user, values)
  const about = hashJson([post, first, second])
  return questionTo(
    judge,
    [
      { role: "system", content: fillPrompt(prompt.system, values) },
      { role: "user", content: again ? `${user}\n\n${prompt.again}` : user }
    ],
    deriveSeed(seed, "pairwise", about, instrument.name, again ? 2 : 1),
    1,
    { suite: "compared", post: about.slice(0, 16), condition: instrument.name },
    preferenceSchema
  )
}

/** What is compared, by whom, and how the pairs are chosen. */
export interface Comparing {
  readonly judge: Judge
  readonly instrument: Instrument
  readonly pairs: readonly Pair[]
  /** How many pairs an adaptive design may compare; `undefined`: all of them. */
  readonly budget: number | undefined
  readonly seed: number
  /** Log odds by source from verdicts so far, for an adaptive design. */
  readonly strengths: (preferences: readonly Preference[]) => ReadonlyMap<string, number>
}

/** Compares; a pair's two orders stand behind one another. */
export const judgePairs = Effect.fn("Judge.comparePairs")(function* (
  { judge, instrument, pairs, budget, seed, strengths }: Comparing,
  caller: Caller,
  state: StageState
) {
  const judgements = yield* Judgements
  const { fresh, maxConnections } = caller.options

  const compare = Effect.fnUntraced(function* (pair: Pair) {
    const material = [
      postText(pair.shared.post),
      ...[pair.a, pair.b].map((source) => pair.shared.texts.get(source)!.text)
    ]
    const words = [pair.a, pair.b].map((source) => pair.shared.texts.get(source)!.words) as [number, number]
    const told = (grade: number | null): Preference => ({
      judge: judge.id,
      post: pair.shared.id,
      first: pair.a,
      second: pair.b,
      grade,
      words
    })
    for (const again of [false, true]) {
      const question = pairQuestion(judge, instrument, pair, seed, again)
      const found = fresh ? undefined : (yield* judgements.found([question.key])).get(question.key)
      const outcome =
        found === undefined
          ? yield* caller.perform(question, state, (row) =>
              Effect.as(judgements.keepCall(row, fresh), row.text)
            )
          : ({ _tag: "Kept", value: found.text } as const)
      if (outcome._tag === "Failed") state.failed++
      if (outcome._tag !== "Kept") return told(null)
      const grade = readPreference(outcome.value, material)
      if (grade !== undefined || again) {
        if (found === undefined) state.done++
        else state.resumed++
        return told(grade === undefined ? null : grades[grade])
      }
    }
    return told(null)
  })

  const inBothOrders = (chosen: readonly Pair[]) =>
    Stream.fromIterable(chosen.flatMap((pair) => [pair, { ...pair, a: pair.b, b: pair.a }])).pipe(
      Stream.mapEffect(compare, { concurrency: maxConnections }),
      Stream.runCollect
    )

  if (budget === undefined || budget >= pairs.length) return yield* inBothOrders(pairs)
  const preferences: Preference[] = []
  const met = new Map<string, number>()
  let open = pairs
  // As many pairs a round as there are kinds of pairs: what one round says decides the next.
  const round = Math.max(1, new Set(pairs.map(({ a, b }) => pairName(a, b))).size)
  for (let left = budget; left > 0 && open.length > 0; ) {
    const chosen = nextPairs(open, met, strengths(preferences), Math.min(round, left), seed)
    preferences.push(...(yield* inBothOrders(chosen)))
    for (const { a, b } of chosen) met.set(pairName(a, b), (met.get(pairName(a, b)) ?? 0) + 1)
    const taken = new Set(chosen)
    open = open.filter((pair) => !taken.has(pair))
    left -= chosen.length
  }
  return preferences
})
