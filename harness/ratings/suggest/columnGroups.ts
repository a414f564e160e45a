/** Columns whose names differ only in what text or question they are about. */

/** Columns of one question that was asked of several texts: `1_Q5`, `2_Q5`. */
export interface Loop {
  readonly pattern: string
  readonly columns: readonly string[]
  readonly items: readonly string[]
}

const grouped = (
  columns: readonly string[],
  read: (column: string) => readonly [pattern: string, item: string] | undefined
): readonly Loop[] => {
  const found = columns.flatMap((column) => {
    const at = read(column)
    return at === undefined ? [] : [{ column, pattern: at[0], item: at[1] }]
  })
  return [...Map.groupBy(found, ({ pattern }) => pattern)]
    .filter(([, group]) => group.length > 1)
    .map(([pattern, group]) => ({
      pattern,
      columns: group.map(({ column }) => column),
      items: group.map(({ item }) => item)
    }))
}

/** Loops, as survey tools number them: `1_Q5`, and `1_Q5_2` for a question of several parts. */
export const loops = (columns: readonly string[]): readonly Loop[] =>
  grouped(columns, (column) => {
    const match = /^(\d+)([_. -].+)$/.exec(column)
    return match === null ? undefined : [`{text}${match[2]}`, match[1]!]
  })

/** The longest series of columns that differ in a number at their end: `Q12_1`, `Q12_2`; `text1`, `text2`. */
export const series = (columns: readonly string[]): Loop | undefined =>
  [
    ...grouped(columns, (column) => {
      const match = /^(.*\D)(\d+)$/.exec(column)
      return match === null ? undefined : [`${match[1]}{text}`, match[2]!]
    })
  ].sort((a, b) => b.columns.length - a.columns.length)[0]

/** Columns that cross posts and sources: `p1_m1`, `p1_m2`, `p2_m1`, `p2_m2`. */
export const grid = (columns: readonly string[]): Loop | undefined => {
  for (const between of ["_", ".", "-", "|", ":", " "]) {
    const split = columns.map((column) => column.split(between))
    if (
      columns.length < 4 ||
      !split.every((parts) => parts.length === 2 && parts.every((part) => part !== ""))
    )
      continue
    const firsts = new Set(split.map(([first]) => first!))
    const seconds = new Set(split.map(([, second]) => second!))
    if (firsts.size < 2 || seconds.size < 2 || firsts.size * seconds.size !== columns.length) continue
    const sourceFirst = /gpt|llama|mistral|claude|gemini|human|model|bot/i.test([...firsts].join(" "))
    const pattern = sourceFirst ? `{source}${between}{post}` : `{post}${between}{source}`
    return { pattern, columns, items: [] }
  }
  return undefined
}
