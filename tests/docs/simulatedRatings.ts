/** The ratings of the worked example of docs/statistics.md: simulated, with differences that are known. */
import * as Random from "../../harness/stats/Random.ts"

const sources = [
  { name: "atlas", mean: 3.2, words: 90 },
  { name: "birch", mean: 3.4, words: 95 },
  { name: "cedar", mean: 3.9, words: 110 }
]
const posts = 32
const raters = 24
/** Texts that a rater rates. */
const load = 16

/** The CSV file: 384 ratings of 96 texts, four raters a text, one of five points each. */
export const csv = (): string => {
  const random = Random.make(2026)
  const draw = (n: number, sd: number) => Array.from({ length: n }, () => sd * random.normal())
  const post = draw(posts, 0.25)
  const text = draw(posts * sources.length, 0.28)
  const words = draw(posts * sources.length, 10)
  const two = (n: number) => `${n}`.padStart(2, "0")
  const rows = draw(raters, 0.55).flatMap((kindness, r) => {
    const taste = draw(sources.length, 0.2)
    return Array.from({ length: load }, (_, i) => {
      const rated = (r * load + i * 25) % (posts * sources.length)
      const p = Math.floor(rated / sources.length)
      const s = rated % sources.length
      const { name, mean, words: usual } = sources[s]!
      const value = mean + kindness + taste[s]! + post[p]! + text[rated]! + 0.9 * random.normal()
      const rating = Math.min(5, Math.max(1, Math.round(value)))
      const domain = p % 2 === 0 ? "grief" : "work"
      return `r${two(r + 1)},p${two(p + 1)},${domain},${name},${rating},${Math.round(usual + words[rated]!)}`
    })
  })
  return ["rater,post,domain,source,rating,words", ...rows, ""].join("\n")
}
