/** From ratings as they are stored, a row a dimension, to measures: an instrument's aggregate, or a dimension alone. */
import type { TextRating } from "../store/ratingStream.ts"
import { type Instrument, instrumentHash, oriented } from "../study/Instrument.ts"

/** One rater's value for one text on one measure. */
export interface Measured {
  /** One of the rows it comes from; its dimension and value are only that row's. */
  readonly of: TextRating
  /** `aggregate` or a dimension's name. */
  readonly measure: string
  /** An aggregate has its reversed dimensions turned round; a dimension alone is as it was rated. */
  readonly value: number
}

/** The measures an instrument has: its aggregate, or each dimension where nothing is summed. */
export const measuresOf = (instrument: Instrument): readonly string[] =>
  instrument.aggregate === "mean"
    ? ["aggregate"]
    : instrument.dimensions.map((dimension) => dimension.name as string)

/** One rater's view of one text: dimensions come in as rows and are combined when all of them are there. */
interface Sheet {
  readonly of: TextRating
  readonly values: Map<string, number>
}

const separator = "\u0000"

/**
 * Takes rows in the order of their posts, so that only one post's sheets are open at a time, and hands each measure
 * to `visit`. `dimensions: true` visits every dimension beside an aggregate too. Call `end` after the last row.
 */
export const makeMeasurer = (
  instruments: readonly Instrument[],
  visit: (measured: Measured) => void,
  { dimensions = false } = {}
): { readonly add: (row: TextRating) => void; readonly end: () => void } => {
  const known = new Map<string, Instrument>(instruments.map((entry) => [instrumentHash(entry), entry]))
  let open = new Map<string, Sheet>()
  let ordinal = -1

  const close = ({ of, values }: Sheet) => {
    const instrument = known.get(of.instrumentHash)!
    let sum = 0
    for (const dimension of instrument.dimensions) {
      const value = values.get(dimension.name)
      if (value === undefined) {
        // A text that lacks a dimension has no aggregate; what is there still counts for itself.
        sum = Number.NaN
        continue
      }
      sum += oriented(dimension, value)
      if (dimensions || instrument.aggregate === "none") visit({ of, measure: dimension.name, value })
    }
    if (instrument.aggregate === "mean" && !Number.isNaN(sum))
      visit({ of, measure: "aggregate", value: sum / instrument.dimensions.length })
  }

  const end = () => {
    for (const sheet of open.values()) close(sheet)
    open = new Map()
  }

  return {
    add: (row) => {
      // By its hash: a store may hold ratings on an earlier wording of the same name.
      if (!known.has(row.instrumentHash)) return
      if (row.ordinal !== ordinal) {
        end()
        ordinal = row.ordinal
      }
      const key = [
        row.source,
        row.condition,
        row.epoch,
        row.rater,
        row.raterVersion,
        row.raterKind,
        row.panel ?? "",
        row.repeat,
        row.instrument
      ].join(separator)
      const sheet = open.get(key) ?? { of: row, values: new Map<string, number>() }
      sheet.values.set(row.dimension, row.value)
      open.set(key, sheet)
    },
    end
  }
}
