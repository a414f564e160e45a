/** The sheet of a run, from the store. */
import { Effect, Stream } from "effect"
import { Quality } from "../../store/Quality.ts"
import type { RunId } from "../../study/Ids.ts"
import { type Instrument, instrumentHash } from "../../study/Instrument.ts"
import { makeSheet, type Question, type Sheet, type SheetRating, type SheetText } from "./Sheet.ts"

/** Of whom no import says what they are. */
export const UNNAMED = "people"

/** Index of a thing by its key, giving new ones the next number. */
const indexer = <A>(things: A[]) => {
  const known = new Map<string, number>()
  return (key: string, make: () => A): number => {
    const at = known.get(key)
    if (at !== undefined) return at
    known.set(key, things.length)
    things.push(make())
    return things.length - 1
  }
}

const questionsOf = (instruments: readonly Instrument[]) => {
  const questions: Question[] = []
  const places = new Map<string, number>()
  for (const instrument of instruments) {
    const hash = instrumentHash(instrument)
    for (const { name, scale, direction } of instrument.dimensions) {
      places.set(`${hash} ${name}`, questions.length)
      const { minimum, maximum, step } = scale
      const reversed = direction === "reversed"
      questions.push({ instrument: instrument.name, dimension: name, minimum, maximum, step, reversed })
    }
  }
  return { questions, places }
}

/**
 * People's ratings of the run's texts on these instruments. Ratings on another wording of an instrument are no
 * ratings on this one and are left out, as the leaderboard leaves them out.
 */
export const loadSheet = Effect.fn("Quality.loadSheet")(function* (
  run: RunId,
  instruments: readonly Instrument[]
) {
  const quality = yield* Quality
  const sittings = yield* quality.sittings(run)
  const answers = Map.groupBy(yield* quality.attention(run), ({ submissionId }) => submissionId)
  const raters: Sheet["raters"][number][] = []
  const texts: SheetText[] = []
  const raterAt = indexer(raters)
  const textAt = indexer(texts)
  const { questions, places } = questionsOf(instruments)
  const submissionAt = new Map(sittings.map(({ id }, index) => [id, index]))
  const submissions = sittings.map(({ id, rater, panel, importId, place, seconds, finished, preview }) => {
    const group = panel ?? UNNAMED
    return {
      // Somebody who sat once as an expert and once in the crowd counts in each group for themselves.
      rater: raterAt(`${group} ${rater}`, () => ({ name: rater, group })),
      id,
      place,
      batch: String(importId),
      seconds,
      finished,
      preview,
      answers: new Map(
        (answers.get(id) ?? []).map(({ name, value, passed }) => [name, { value, passed }] as const)
      )
    }
  })
  const ratings: SheetRating[] = []
  yield* Stream.runForEachArray(quality.given(run), (rows) =>
    Effect.sync(() => {
      for (const row of rows) {
        const question = places.get(`${row.instrumentHash} ${row.dimension}`)
        if (question === undefined) continue
        const post = `${row.suite}/${row.post}`
        const { source, condition, epoch } = row
        const text = textAt(JSON.stringify([post, source, condition, epoch]), () => ({
          post,
          source,
          condition,
          epoch
        }))
        ratings.push({ submission: submissionAt.get(row.submissionId)!, text, question, value: row.value })
      }
    })
  )
  // Instruments that nobody answered ask nothing of anyone.
  return makeSheet({ raters, submissions, texts, questions }, ratings)
})
