/** Which text a row is about. */
import {
  type RatingsAt,
  type RatingsMap,
  type ResponsesMap,
  type TextFact,
  textFacts
} from "../RatingsMap.ts"
import type { Row } from "../table/Table.ts"
import type { Parts } from "./columnPattern.ts"
import type { Columns, Fact } from "./columns.ts"

/** What a row says of a text; empty where it does not. */
export type TextFacts = Readonly<Record<TextFact, string>>

const nothing: Fact = () => ""

/** Reads the facts of a row: those of one entry `at` first, then what a column's name says, then the map's. */
export const textFactsOf = (
  columns: Columns,
  map: RatingsMap | ResponsesMap,
  at: Partial<RatingsAt> = {},
  said: Parts = {}
): ((row: Row) => TextFacts) => {
  const facts = textFacts.map((fact): Fact => {
    const own = at[fact]
    if (own !== undefined) return columns.at(own)
    const part = said[fact]
    if (part !== undefined) return () => part
    const all = map[fact]
    return all === undefined ? nothing : columns.at(all)
  })
  const [response, post, suite, source, condition, epoch] = facts as [Fact, Fact, Fact, Fact, Fact, Fact]
  return (row) => ({
    response: response(row),
    post: post(row),
    suite: suite(row),
    source: source(row),
    condition: condition(row),
    epoch: epoch(row)
  })
}
