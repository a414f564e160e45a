/** People's ratings in long form, one entry a person and text: what a mixed model starts from. */
import type { Columns } from "../../stats/mixed/NamedModels.ts"
import type { TextRating } from "../../store/ratingStream.ts"

/** One entry a person and text; a person's repeated ratings of one text are one opinion, their mean. */
export interface LongRatings {
  readonly rating: Float64Array
  readonly source: readonly string[]
  readonly rater: readonly string[]
  /** The post's place in the run. */
  readonly ordinal: Int32Array
  readonly domain: readonly string[]
  /** Which of several answers of a source to a post. */
  readonly epoch: Int32Array
  /** Ratings that were averaged away because the same person rated the same text again. */
  readonly repeated: number
}

/** Takes ratings as they come and hands over the columns. */
export class LongBuilder {
  readonly #at = new Map<string, number>()
  readonly #sum: number[] = []
  readonly #count: number[] = []
  readonly #source: string[] = []
  readonly #rater: string[] = []
  readonly #ordinal: number[] = []
  readonly #domain: string[] = []
  readonly #epoch: number[] = []

  add(of: TextRating, value: number): void {
    const key = `${of.ordinal}\u0000${of.epoch}\u0000${of.source}\u0000${of.rater}\u0000${of.raterVersion}`
    const known = this.#at.get(key)
    if (known !== undefined) {
      this.#sum[known]! += value
      this.#count[known]! += 1
      return
    }
    this.#at.set(key, this.#sum.length)
    this.#sum.push(value)
    this.#count.push(1)
    this.#source.push(of.source)
    this.#rater.push(of.rater)
    this.#ordinal.push(of.ordinal)
    this.#domain.push(of.domain)
    this.#epoch.push(of.epoch)
  }

  end(): LongRatings {
    return {
      rating: Float64Array.from(this.#sum, (sum, i) => sum / this.#count[i]!),
      source: this.#source,
      rater: this.#rater,
      ordinal: Int32Array.from(this.#ordinal),
      domain: this.#domain,
      epoch: Int32Array.from(this.#epoch),
      repeated: this.#count.reduce((sum, n) => sum + n - 1, 0)
    }
  }
}

const pick = (values: readonly string[], rows: readonly number[]) => rows.map((row) => values[row]!)

/** The entries at `rows`. */
export const subset = (long: LongRatings, rows: readonly number[]): LongRatings => ({
  rating: Float64Array.from(rows, (row) => long.rating[row]!),
  source: pick(long.source, rows),
  rater: pick(long.rater, rows),
  ordinal: Int32Array.from(rows, (row) => long.ordinal[row]!),
  domain: pick(long.domain, rows),
  epoch: Int32Array.from(rows, (row) => long.epoch[row]!),
  repeated: 0
})

/** The entries whose row passes. */
export const where = (long: LongRatings, is: (row: number) => boolean): LongRatings =>
  subset(
    long,
    Array.from(long.rating.keys()).filter((row) => is(row))
  )

/** Words of an answer; `undefined` where it is unknown. */
export type WordsOf = (ordinal: number, source: string, epoch: number) => number | undefined

/** As the mixed models take them; with `words`, each answer's length. */
export const columnsOf = (long: LongRatings, words?: WordsOf): Columns => ({
  rating: long.rating,
  source: long.source,
  rater: long.rater,
  post: Array.from(long.ordinal, String),
  domain: long.domain,
  response: Array.from(long.epoch, String),
  ...(words === undefined
    ? {}
    : {
        length: Float64Array.from(
          long.rating,
          (_, row) => words(long.ordinal[row]!, long.source[row]!, long.epoch[row]!) ?? Number.NaN
        )
      })
})
