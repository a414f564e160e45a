/** Recorded responses of one source: checked row by row, then found by suite, post, condition and epoch. */
import type { SourceKind } from "../../harness/study/Source.ts"
import { RecordingError } from "./RecordingError.ts"
import type { Row } from "./rows.ts"

/** A recorded response. */
export interface Recorded {
  readonly line: number
  readonly text: string
  readonly author: SourceKind
  readonly source: string | undefined
}

/** What a response is asked for. */
export interface Place {
  readonly suite: string
  readonly post: string
  readonly condition: string
  readonly epoch: number
}

const known = ["post", "source", "text", "author", "suite", "condition", "epoch"] as const
type Field = (typeof known)[number]

const authors: readonly SourceKind[] = ["human", "model", "program"]

/** What a field would be called if case, white space and a plural did not count. */
const bare = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/s$/, "")

const refuseMisnamed = ({ fields, line }: Row) => {
  for (const name of fields.keys()) {
    const meant = known.find((field) => field === bare(name))
    if (meant !== undefined && name !== meant) {
      throw new RecordingError(line, `field "${name}" is not known`, `write it ${meant}`)
    }
  }
}

const textOf = ({ fields, line }: Row, field: Field): string | undefined => {
  const value = fields.get(field)
  if (value === undefined || value === null) return undefined
  if (typeof value === "string") return value
  throw new RecordingError(
    line,
    `${field} is a ${typeof value}, not a text`,
    'put it in quotes, as in "12" (numbers of many digits lose some)'
  )
}

const required = (row: Row, field: "post" | "text", mend: string): string => {
  const value = textOf(row, field)
  if (value === undefined) throw new RecordingError(row.line, `${field} is missing`, mend)
  return value
}

const authorOf = (row: Row): SourceKind => {
  const said = textOf(row, "author")?.trim()
  const author = authors.find((kind) => kind === said)
  if (author) return author
  throw new RecordingError(
    row.line,
    said === undefined ? "author is missing" : `author "${said}" is not known`,
    "say who wrote the text: human, model or program"
  )
}

const epochOf = (row: Row): number => {
  const said = row.fields.get("epoch")
  if (said === undefined || said === null) return 1
  const epoch = typeof said === "string" && /^\s*\d+\s*$/.test(said) ? Number(said) : said
  if (typeof epoch === "number" && Number.isSafeInteger(epoch) && epoch > 0) return epoch
  throw new RecordingError(
    row.line,
    `epoch ${String(said)} is not a whole number from 1`,
    "correct it or leave it out"
  )
}

const keyOf = (
  suite: string | undefined,
  post: string,
  condition: string | undefined,
  epoch: number
): string => JSON.stringify([suite ?? null, post, condition ?? null, epoch])

/** One source's responses. */
export class Recording {
  /** What all of them say of their author. */
  readonly author: SourceKind
  readonly size: number
  readonly #byKey: ReadonlyMap<string, Recorded>

  private constructor(author: SourceKind, byKey: ReadonlyMap<string, Recorded>) {
    this.author = author
    this.size = byKey.size
    this.#byKey = byKey
  }

  /**
   * Checks every row and keeps those of `source`; an empty `source` means the only one that the file holds.
   * Throws a `RecordingError` on the first row that is wrong, whichever source it belongs to.
   */
  static of(rows: readonly Row[], source: string): Recording {
    const first = new Map<string, Recorded>()
    const bySource = new Map<string, { readonly author: Recorded; readonly byKey: Map<string, Recorded> }>()
    for (const row of rows) {
      refuseMisnamed(row)
      const post = required(row, "post", "name the post's id as the suite has it")
      const name = textOf(row, "source")
      const recorded: Recorded = {
        line: row.line,
        text: required(row, "text", 'give the response; an empty one is ""'),
        author: authorOf(row),
        source: name
      }
      const group = bySource.get(name ?? "") ?? { author: recorded, byKey: new Map<string, Recorded>() }
      bySource.set(name ?? "", group)
      if (group.author.author !== recorded.author) {
        throw new RecordingError(
          row.line,
          `author is ${recorded.author} and on line ${group.author.line} it is ${group.author.author}`,
          "one source has one kind of author; give the two different names under source"
        )
      }
      const key = keyOf(textOf(row, "suite"), post, textOf(row, "condition"), epochOf(row))
      const whole = JSON.stringify([name ?? null, key])
      const before = first.get(whole)
      if (before) {
        throw new RecordingError(
          row.line,
          `the same post, suite, condition and epoch stand on line ${before.line}`,
          "take one out, or count repeated answers under epoch"
        )
      }
      first.set(whole, recorded)
      group.byKey.set(key, recorded)
    }
    const chosen =
      source === "" && bySource.size === 1 ? bySource.values().next().value : bySource.get(source)
    if (!chosen || (source === "" && bySource.size > 1)) {
      const names = [...bySource.keys()].filter((name) => name !== "").sort()
      throw bySource.size === 0
        ? new RecordingError(undefined, "no responses are recorded", "write one row a response")
        : new RecordingError(
            undefined,
            source === "" ? "several sources are recorded" : `no source "${source}" is recorded`,
            names.length === 0
              ? "the file names no source; write the model as replay alone"
              : `write the model as ${names.map((name) => `replay/${name}`).join(" or ")}`
          )
    }
    return new Recording(chosen.author.author, chosen.byKey)
  }

  /** The response for a place. A row without suite or condition stands for any; the one that says more wins. */
  find({ suite, post, condition, epoch }: Place): Recorded | undefined {
    for (const ofSuite of [suite, undefined]) {
      for (const underCondition of [condition, undefined]) {
        const recorded = this.#byKey.get(keyOf(ofSuite, post, underCondition, epoch))
        if (recorded) return recorded
      }
    }
    return undefined
  }
}
