/** Categorical columns: level names and one small integer a row. */

/** A categorical variable. `codes[i]` indexes `levels`; every level occurs at least once. */
export interface Factor {
  readonly name: string
  readonly levels: ReadonlyArray<string>
  readonly codes: Int32Array
}

/**
 * A factor from one string a row. Levels follow `order` (those that do not occur are left out, those it
 * does not name come after), or code-point order without it.
 */
export const make = (name: string, values: ReadonlyArray<string>, order?: ReadonlyArray<string>): Factor => {
  const seen = new Set(values)
  const rest = [...seen].filter((level) => !order?.includes(level)).sort()
  const levels = [
    ...(order ?? []).filter((level, i, all) => seen.has(level) && all.indexOf(level) === i),
    ...rest
  ]
  const index = new Map(levels.map((level, i) => [level, i]))
  return { name, levels, codes: Int32Array.from(values, (value) => index.get(value)!) }
}

/** The factor whose levels are the combinations of `a` and `b` that occur, named "a b" as R's `paste` does. */
export const interaction = (name: string, a: Factor, b: Factor): Factor => {
  const key = (i: number) => a.codes[i]! * b.levels.length + b.codes[i]!
  const keys = new Set<number>()
  for (let i = 0; i < a.codes.length; i++) keys.add(key(i))
  const sorted = [...keys].sort((x, y) => x - y)
  const index = new Map(sorted.map((value, i) => [value, i]))
  const width = b.levels.length
  return {
    name,
    levels: sorted.map((value) => `${a.levels[Math.floor(value / width)]} ${b.levels[value % width]}`),
    codes: Int32Array.from(a.codes, (_, i) => index.get(key(i))!)
  }
}

/**
 * The level of `coarse` that holds each level of `fine`, when every level of `fine` lies within one;
 * otherwise undefined.
 */
export const parents = (fine: Factor, coarse: Factor): Int32Array | undefined => {
  const parent = new Int32Array(fine.levels.length).fill(-1)
  for (let i = 0; i < fine.codes.length; i++) {
    const f = fine.codes[i]!
    const c = coarse.codes[i]!
    if (parent[f] === -1) parent[f] = c
    else if (parent[f] !== c) return undefined
  }
  return parent
}
