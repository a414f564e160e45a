/**
 * People's ratings of a run as the rules of data quality and the reliability read them: who sat down when, which
 * texts they rated on which questions, in the order they answered. What judges and proxies do is no matter of
 * attention, and they are not in it.
 */
/** A person who rates. */
export interface SheetRater {
  readonly name: string
  /** `expert`, `crowd`, or `people` where the import did not say. Groups are never pooled unasked. */
  readonly group: string
}

/** One sitting of one rater. Where a file knows no submissions, all its ratings by one rater are one sitting. */
export interface Submission {
  /** Index of the rater. */
  readonly rater: number
  /** The store's id of it. */
  readonly id: number
  /** Where it stands in its file, such as `line 12`. */
  readonly place: string
  /** The file it came from: durations are compared within it. */
  readonly batch: string
  /** Seconds from start to end, where the file says. */
  readonly seconds: number | null
  readonly finished: boolean | null
  readonly preview: boolean | null
  /** Attention questions by name: what was answered, and whether the import's expected value was met. */
  readonly answers: ReadonlyMap<string, { readonly value: string; readonly passed: boolean }>
}

/** A rated text: one source's answer to one post. */
export interface SheetText {
  /** Unique within the run. */
  readonly post: string
  readonly source: string
  readonly condition: string
  readonly epoch: number
}

/** One dimension of one instrument. */
export interface Question {
  readonly instrument: string
  readonly dimension: string
  readonly minimum: number
  readonly maximum: number
  readonly step: number
  readonly reversed: boolean
}

/**
 * All of it. Submissions stand in the order they were made; ratings stand by submission and, within one, in
 * the order of the answers: those of submission s are `start[s] … start[s + 1] − 1` of the three columns.
 */
export interface Sheet {
  readonly raters: readonly SheetRater[]
  readonly submissions: readonly Submission[]
  readonly texts: readonly SheetText[]
  readonly questions: readonly Question[]
  readonly start: Int32Array
  readonly text: Int32Array
  readonly question: Int32Array
  /** NaN where there is no value but a reason why not. */
  readonly value: Float64Array
}

/** One rating, before the sheet is made. */
export interface SheetRating {
  readonly submission: number
  readonly text: number
  readonly question: number
  readonly value: number | null
}

/** Sorts ratings by submission, keeping their order within each. */
export const makeSheet = (
  parts: Pick<Sheet, "raters" | "submissions" | "texts" | "questions">,
  ratings: readonly SheetRating[]
): Sheet => {
  const start = new Int32Array(parts.submissions.length + 1)
  for (const { submission } of ratings) start[submission + 1]! += 1
  for (let s = 0; s < parts.submissions.length; s++) start[s + 1]! += start[s]!
  const next = start.slice()
  const text = new Int32Array(ratings.length)
  const question = new Int32Array(ratings.length)
  const value = new Float64Array(ratings.length)
  for (const rating of ratings) {
    const at = next[rating.submission]!
    next[rating.submission] = at + 1
    text[at] = rating.text
    question[at] = rating.question
    value[at] = rating.value ?? Number.NaN
  }
  return { ...parts, start, text, question, value }
}

/** Whose submission it is. */
export const raterOf = (sheet: Sheet, submission: number): SheetRater =>
  sheet.raters[sheet.submissions[submission]!.rater]!

/** Ratings of a submission, with a value or without. */
export const ratingsOf = (sheet: Sheet, submission: number): number =>
  sheet.start[submission + 1]! - sheet.start[submission]!
