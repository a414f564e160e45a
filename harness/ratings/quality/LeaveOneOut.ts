/**
 * How far a rater goes with the others: the correlation of their ratings with the mean of everybody else's of
 * their group, over the texts and questions both rated. Deviations are taken within each question, so that
 * questions of different levels do not look like agreement, and count in parts of the question's scale.
 */
import { raterOf, type Sheet } from "./Sheet.ts"

/** One rater's correlation. */
export interface WithOthers {
  /** Null where one side does not vary. */
  readonly r: number | null
  /** Ratings that somebody else of the group gave too. */
  readonly overlap: number
}

interface Cells {
  readonly sum: Map<number, number>
  readonly n: Map<number, number>
}

const add = (cells: Cells, cell: number, value: number) => {
  cells.sum.set(cell, (cells.sum.get(cell) ?? 0) + value)
  cells.n.set(cell, (cells.n.get(cell) ?? 0) + 1)
}

const none = (): Cells => ({ sum: new Map(), n: new Map() })

const correlation = (pairs: ReadonlyMap<number, readonly (readonly [number, number])[]>): number | null => {
  let xx = 0
  let yy = 0
  let xy = 0
  for (const list of pairs.values()) {
    const mx = list.reduce((sum, [x]) => sum + x, 0) / list.length
    const my = list.reduce((sum, [, y]) => sum + y, 0) / list.length
    for (const [x, y] of list) {
      xx += (x - mx) ** 2
      yy += (y - my) ** 2
      xy += (x - mx) * (y - my)
    }
  }
  return xx > 1e-12 && yy > 1e-12 ? xy / Math.sqrt(xx * yy) : null
}

/** By rater. The others are those whose submissions are kept; everybody is compared with them. */
export const leaveOneOut = (sheet: Sheet, kept: Uint8Array): ReadonlyMap<number, WithOthers> => {
  const width = sheet.questions.length
  const groups = new Map<string, Cells>()
  const own = new Map<number, { readonly all: Cells; readonly counted: Cells }>()
  for (const [s, { rater }] of sheet.submissions.entries()) {
    const { group } = raterOf(sheet, s)
    const total = groups.get(group) ?? none()
    groups.set(group, total)
    const mine = own.get(rater) ?? { all: none(), counted: none() }
    own.set(rater, mine)
    for (let i = sheet.start[s]!; i < sheet.start[s + 1]!; i++) {
      const { minimum, maximum } = sheet.questions[sheet.question[i]!]!
      const value = (sheet.value[i]! - minimum) / (maximum - minimum)
      if (Number.isNaN(value)) continue
      const cell = sheet.text[i]! * width + sheet.question[i]!
      add(mine.all, cell, value)
      if (kept[s] === 0) continue
      add(total, cell, value)
      add(mine.counted, cell, value)
    }
  }
  const found = new Map<number, WithOthers>()
  for (const [rater, { all, counted }] of own) {
    const total = groups.get(sheet.raters[rater]!.group)!
    const pairs = new Map<number, (readonly [number, number])[]>()
    let overlap = 0
    for (const [cell, sum] of all.sum) {
      const others = (total.n.get(cell) ?? 0) - (counted.n.get(cell) ?? 0)
      if (others <= 0) continue
      overlap++
      const list = pairs.get(cell % width) ?? []
      pairs.set(cell % width, list)
      list.push([sum / all.n.get(cell)!, (total.sum.get(cell)! - (counted.sum.get(cell) ?? 0)) / others])
    }
    found.set(rater, { r: correlation(pairs), overlap })
  }
  return found
}
