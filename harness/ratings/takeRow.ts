/** One row of a file: left out by a rule, rejected as a whole, or taken rating by rating. */
import type { Instrument } from "../study/Instrument.ts"
import type { Account, Fate } from "./Account.ts"
import type { DataSet, TextAt } from "./DataSet.ts"
import type { Identity } from "./Identity.ts"
import type { RatingCell } from "./mapping/ratingReader.ts"
import { readValue } from "./mapping/readValue.ts"
import type { SittingReader } from "./mapping/sittingReader.ts"
import { panels, raterKinds, secondsOf } from "./mapping/sittingReader.ts"
import type { WordsReader } from "./mapping/wordsReader.ts"
import { isId } from "./Posts.ts"
import type { Sittings } from "./Sittings.ts"
import type { Row } from "./table/Table.ts"

/** What a row is read with and where it goes. */
export interface RowTaking {
  readonly run: string
  readonly cells: readonly RatingCell[]
  readonly sitting: SittingReader
  readonly words: WordsReader
  readonly skips: (row: Row) => string | undefined
  readonly data: DataSet
  readonly sittings: Sittings
  /** Ids of an instrument's dimensions, by their names. */
  readonly dimensions: ReadonlyMap<Instrument, ReadonlyMap<string, number>>
  /** Filled with the instruments of the ratings that were taken. */
  readonly used: Set<Instrument>
  readonly account: Account
  readonly identity: typeof Identity.Service
}

/** Pseudonyms are computed once for each id. */
const remembered = (hash: (id: string) => string) => {
  const known = new Map<string, string>()
  return (id: string): string => {
    const before = known.get(id)
    if (before !== undefined) return before
    const made = hash(id)
    known.set(id, made)
    return made
  }
}

/** Makes the function that takes rows one by one. */
export const takeRow = (taking: RowTaking): ((row: Row) => void) => {
  const { account, cells, data, dimensions, identity, sitting, sittings, skips, used, words } = taking
  const person = remembered((id) => identity.person(taking.run, id))
  const submission = remembered((id) => identity.hidden(id))

  /** What becomes of one rating; a reason where it is rejected. */
  const takeCell = (cell: RatingCell, row: Row, key: string, find: (cell: RatingCell) => TextAt | string) => {
    const question = cell.question(row)
    if (typeof question === "string") return question
    const { dimension, instrument } = question
    const read = readValue(cell.value(row), dimension.scale, cell.reading)
    if (read._tag === "Empty") return "empty" as const
    if (read._tag === "Wrong") return read.reason
    const kind = (cell.raterKind ?? sitting.raterKind)(row)
    if (kind !== "" && !raterKinds.includes(kind))
      return `a rater is human or judge, not ${JSON.stringify(kind)}`
    const judged = kind === "judge"
    // A panel is of people.
    const panel = judged ? "" : (cell.panel ?? sitting.panel)(row)
    if (panel !== "" && !panels.includes(panel))
      return `a panel is expert or crowd, not ${JSON.stringify(panel)}`
    const rater = cell.rater(row)
    if (rater === "") return "no rater is named"
    if (judged && !isId(rater)) return "a judge's name is one line of at most 200 characters"
    const text = find(cell)
    if (typeof text === "string") return text
    const rating = {
      dimensionId: dimensions.get(instrument)!.get(dimension.name)!,
      value: read._tag === "Value" ? read.value : null,
      unscored: read._tag === "Value" ? null : read.reason,
      blinding: words.blinding(row),
      seconds: secondsOf(cell.seconds(row), cell.reading.comma)
    }
    const fate = sittings.add(
      judged ? sittings.judged(rater, key) : sittings.sitting(person(rater), key),
      text,
      rating,
      () => sitting.facts(row, panel || null)
    )
    if (fate === "imported" || fate === "unscored") used.add(instrument)
    return fate
  }

  return (row) => {
    const rule = skips(row)
    if (rule !== undefined) return account.skip(rule)
    const { line } = row
    if (row.wrong !== undefined) return account.rejectRow({ line, column: "", ...row.wrong })
    const kind = words.kindWrong(row)
    if (kind !== undefined)
      return account.rejectRow({
        line,
        column: "kind",
        value: kind,
        reason: "a writer is human, model or program"
      })
    const id = sitting.id(row)
    const key = id === "" ? "" : submission(id)
    // Ratings of one row are mostly of one text, which is looked up once.
    let last: { readonly facts: string; readonly text: TextAt | string } | undefined
    const find = (cell: RatingCell): TextAt | string => {
      const facts = cell.facts(row)
      const name = `${facts.response}\u0000${facts.suite}\u0000${facts.post}\u0000${facts.source}\u0000${facts.condition}\u0000${facts.epoch}`
      if (last?.facts !== name) last = { facts: name, text: data.find(facts, words.of(row)) }
      return last.text
    }
    const fates: Record<Fate, number> = { imported: 0, unscored: 0, duplicates: 0, empty: 0, rejected: 0 }
    for (const cell of cells) {
      const fate = takeCell(cell, row, key, find)
      if (fate in fates) fates[fate as Fate]++
      else {
        fates.rejected++
        account.reject({ line, column: cell.column, value: cell.value(row), reason: fate })
      }
    }
    account.row(fates)
  }
}
