/** What a row says of the words: of the response, of its post, and of what the rater was told. */
import type { SourceKind } from "../../study/Source.ts"
import type { Words } from "../DataSet.ts"
import type { RatingsMap, ResponsesMap } from "../RatingsMap.ts"
import type { Row } from "../table/Table.ts"
import type { Columns, Fact } from "./columns.ts"

const nothing: Fact = () => ""
const kinds: Readonly<Record<string, SourceKind>> = { human: "human", model: "model", program: "program" }

/** Reads them. */
export interface WordsReader {
  readonly of: (row: Row) => Words
  readonly blinding: (row: Row) => string | null
  /** A kind of writer that is none of the three. */
  readonly kindWrong: (row: Row) => string | undefined
}

/** Makes the reader; the words of texts that the map does not place are `undefined`. */
export const wordsReader = (map: RatingsMap | ResponsesMap, columns: Columns): WordsReader => {
  const text = map.text === undefined ? undefined : columns.cell(map.text)
  const body = map.body === undefined ? undefined : columns.cell(map.body)
  const title = map.postTitle === undefined ? undefined : columns.cell(map.postTitle)
  const domain = map.domain === undefined ? nothing : columns.at(map.domain)
  const language = map.language === undefined ? nothing : columns.at(map.language)
  const kind = map.kind === undefined ? nothing : columns.word(map.kind)
  const blinding = "blinding" in map && map.blinding !== undefined ? columns.word(map.blinding) : nothing
  return {
    of: (row) => ({
      text: text?.(row),
      kind: kinds[kind(row).toLowerCase()],
      body: body?.(row),
      title: title?.(row),
      domain: domain(row),
      language: language(row) || "en"
    }),
    blinding: (row) => blinding(row) || null,
    kindWrong: (row) => {
      const said = kind(row)
      return said === "" || kinds[said.toLowerCase()] !== undefined ? undefined : said
    }
  }
}
