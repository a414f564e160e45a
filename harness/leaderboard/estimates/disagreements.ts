/** Tables on the same question by raters of another kind or panel, held against one another. Scores are never mixed. */
import type { Disagreement, Table } from "../Leaderboard.ts"
import { changesOf } from "./pairsOf.ts"

const isSame = (a: Table, b: Table): boolean =>
  a.instrument === b.instrument && a.measure === b.measure && a.condition === b.condition

/** Proxies measure nothing that could contradict; a table that is not ranked says nothing. */
const speaks = (table: Table): boolean => table.raterKind !== "proxy" && table.refusal === undefined

/** Each table with where people of another panel, or judges, say something else than it. */
export const withDisagreements = (tables: readonly Table[]): readonly Table[] =>
  tables.map((table) => {
    if (!speaks(table)) return table
    const found = tables.flatMap((other): readonly Disagreement[] => {
      if (other === table || !speaks(other) || !isSame(table, other)) return []
      const changes = changesOf(table.contrasts, other.contrasts)
      const { raterKind, raters, panels } = other
      return changes.length === 0
        ? []
        : [{ raterKind, raters, changes, ...(panels === undefined ? {} : { panels }) }]
    })
    return found.length === 0 ? table : { ...table, disagreements: found }
  })
