/** The map of a file whose columns have Warmline's own names, as `warmline export` writes them: none is needed. */
import { FileError } from "../../catalog/FileError.ts"
import type { RatingsMap, ResponsesMap } from "../RatingsMap.ts"
import { textFacts } from "../RatingsMap.ts"

const present = (names: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(names).filter(([, at]) => at !== undefined))

const column = (header: readonly string[], name: string) => (header.includes(name) ? name : undefined)

const word = (header: readonly string[], name: string) =>
  header.includes(name) ? { column: name } : undefined

const facts = (header: readonly string[]) =>
  Object.fromEntries(textFacts.map((fact) => [fact, column(header, fact)]))

const lacking = (file: string, header: readonly string[], wanted: readonly string[]): FileError =>
  new FileError({
    place: file,
    reason: `no map is given, and there is no column ${wanted.join(", ")}`,
    mend: `write a map (--suggest begins one); the columns are ${header.slice(0, 40).join(", ")}`
  })

/** Which of the columns that say what was rated are missing. */
const textMissing = (header: readonly string[]): readonly string[] =>
  header.includes("response") ? [] : ["post", "source"].filter((name) => !header.includes(name))

/** The map of ratings by their own names, or why there is none. */
export const ownRatings = (
  file: string,
  header: readonly string[]
): typeof RatingsMap.Encoded | FileError => {
  const missing = [
    ...textMissing(header),
    ...["rater", "instrument", "value"].filter((name) => !header.includes(name))
  ]
  if (missing.length > 0) return lacking(file, header, missing)
  return {
    ...present({
      ...facts(header),
      domain: column(header, "domain"),
      rater: "rater",
      panel: word(header, "panel"),
      blinding: word(header, "blinding"),
      instrument: word(header, "instrument"),
      submission: header.includes("submission") ? { id: "submission" } : undefined,
      // An export has the ratings of judges and proxies too; people are who is imported.
      skip: header.includes("rater_kind")
        ? [{ rule: "not by a person", column: "rater_kind", is: ["judge", "proxy"] }]
        : undefined
    }),
    ratings: [
      {
        value: "value",
        ...present({ dimension: word(header, "dimension"), seconds: column(header, "seconds") })
      }
    ]
  }
}

/** The map of responses by their own names, or why there is none. */
export const ownResponses = (
  file: string,
  header: readonly string[]
): typeof ResponsesMap.Encoded | FileError => {
  const kind = ["author", "kind"].find((name) => header.includes(name))
  const missing = [
    ...(header.includes("body") ? [] : ["post"].filter((name) => !header.includes(name))),
    ...["source", "text"].filter((name) => !header.includes(name)),
    ...(kind === undefined ? ["author"] : [])
  ]
  if (missing.length > 0) return lacking(file, header, missing)
  return {
    text: "text",
    ...present({
      ...facts(header),
      kind: { column: kind! },
      body: column(header, "body"),
      postTitle: column(header, "title"),
      domain: column(header, "domain"),
      language: column(header, "language")
    })
  }
}
