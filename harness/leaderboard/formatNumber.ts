/** Numbers as people read them in a table. Files for programs (CSV, JSON) keep every digit instead. */

/** A number with so many decimals, a true minus sign, and no minus before zero. */
export const decimals = (value: number, places: number): string => {
  const text = Math.abs(value).toFixed(places)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}

/** Points of a scale with two decimals. */
export const points = (value: number): string => decimals(value, 2)

/** As `points`, with the sign also when positive: for differences. */
export const difference = (value: number): string => {
  const text = points(value)
  return value > 0 && Number(text) !== 0 ? `+${text}` : text
}

/** A probability: three decimals, and never a zero that it is not. */
export const probability = (p: number): string => (p < 0.001 ? "< 0.001" : p.toFixed(3))

/** A whole number with thousands separated. */
export const count = (n: number): string => n.toLocaleString("en")

/** `1 post`, `2 posts`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`
