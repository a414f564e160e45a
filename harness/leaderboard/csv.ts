import type { Leaderboard } from "./Leaderboard.ts"
export const renderCsv = (l: Leaderboard, _o?: unknown) =>
  JSON.stringify(
    l.tables.map((t) => t.rows),
    null,
    1
  )
