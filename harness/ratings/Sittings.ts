/**
 * People, their sittings and what they have rated, while an import looks them up and adds to them. A sitting is one
 * submission; where a file names none, everything a person rated in a run is one sitting, whatever file it came in.
 */

import { importedVersion } from "../store/ImportWriter.ts"
import type { RaterKind } from "../study/Rater.ts"
import type { Fate } from "./Account.ts"
import type { TextAt } from "./DataSet.ts"
import { NumberMap } from "./NumberMap.ts"

/** What is known of a sitting; `null` where the file does not say. */
export interface SittingFacts {
  readonly place: string
  readonly panel: string | null
  readonly seconds: number | null
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly progress: number | null
  readonly finished: number | null
  readonly preview: number | null
  readonly status: string | null
  readonly kept: string
  readonly attention: readonly (readonly [name: string, value: string, expected: string, passed: number])[]
}

/** One rating to keep. */
export interface NewRating {
  readonly dimensionId: number
  readonly value: number | null
  readonly unscored: string | null
  readonly blinding: string | null
  readonly seconds: number | null
}

interface Sitting {
  readonly ordinal: number
  readonly raterId: number
  readonly key: string
  /** In this import; given with the first rating. */
  submissionId: number | undefined
}

type Rows = (string | number | null)[][]

// Three numbers in one, exact as a double: 2^25 sittings, 2^21 texts, 2^7 dimensions.
const TEXTS = 2 ** 21
const DIMENSIONS = 2 ** 7
/** How many sittings, texts and dimensions one import can tell apart. */
export const most = { sittings: 2 ** 25, texts: TEXTS, dimensions: DIMENSIONS } as const

export class Sittings {
  readonly #people: Map<string, number>
  readonly #judges: Map<string, number>
  readonly #sittings = new Map<string, Sitting>()
  readonly #ofRater = new Map<number, Sitting[]>()
  /** `NaN`: unscored. */
  readonly #given = new NumberMap()
  readonly #dimensions = new Map<number, number>()
  readonly #importId: number
  readonly #now: string
  #lastRater: number
  #lastSubmission: number
  #fresh: { rater: Rows; submission: Rows; attention: Rows; rating: Rows } = {
    rater: [],
    submission: [],
    attention: [],
    rating: []
  }

  constructor(options: {
    readonly people: ReadonlyMap<string, number>
    readonly judges: ReadonlyMap<string, number>
    readonly importId: number
    readonly lastRater: number
    readonly lastSubmission: number
    readonly now: string
  }) {
    this.#people = new Map(options.people)
    this.#judges = new Map(options.judges)
    this.#importId = options.importId
    this.#lastRater = options.lastRater
    this.#lastSubmission = options.lastSubmission
    this.#now = options.now
  }

  /** New rows since the last call, and how many ratings wait. */
  get waiting(): number {
    return this.#fresh.rating.length
  }
  take() {
    const rows = this.#fresh
    this.#fresh = { rater: [], submission: [], attention: [], rating: [] }
    return rows
  }

  /** How many people the store knows by now. */
  get people(): number {
    return this.#people.size
  }

  /** Names of the judges that rated in this import. */
  readonly judges = new Set<string>()

  /** The sitting of a person, made when it is new. */
  sitting(person: string, key: string): Sitting {
    return this.#sitting(this.#rater(this.#people, person, "human", ""), key)
  }

  /** The same of a judge, by its name. */
  judged(judge: string, key: string): Sitting {
    this.judges.add(judge)
    return this.#sitting(this.#rater(this.#judges, judge, "judge", importedVersion), key)
  }

  #rater(known: Map<string, number>, name: string, kind: RaterKind, version: string): number {
    const before = known.get(name)
    if (before !== undefined) return before
    const id = ++this.#lastRater
    known.set(name, id)
    this.#fresh.rater.push([id, name, kind, version])
    return id
  }

  #sitting(raterId: number, key: string): Sitting {
    const name = `${raterId}\u0000${key}`
    const known = this.#sittings.get(name)
    if (known !== undefined) return known
    const made: Sitting = { ordinal: this.#sittings.size, raterId, key, submissionId: undefined }
    this.#sittings.set(name, made)
    const others = this.#ofRater.get(raterId)
    if (others) others.push(made)
    else this.#ofRater.set(raterId, [made])
    return made
  }

  #dimension(id: number): number {
    const known = this.#dimensions.get(id)
    if (known !== undefined) return known
    const index = this.#dimensions.size
    this.#dimensions.set(id, index)
    return index
  }

  #cell(sitting: Sitting, text: number, dimension: number): number {
    return (sitting.ordinal * TEXTS + text) * DIMENSIONS + dimension
  }

  /** Puts a rating in that the store has. */
  known(raterId: number, key: string, text: TextAt, dimensionId: number, value: number | null): void {
    const cell = this.#cell(this.#sitting(raterId, key), text.index, this.#dimension(dimensionId))
    this.#given.set(cell, value ?? Number.NaN)
  }

  /** Whether more can be told apart; a reason when not. */
  get full(): boolean {
    return this.#sittings.size >= most.sittings || this.#dimensions.size > DIMENSIONS
  }

  /** Takes a rating; says what became of it, or why it cannot be taken. `facts` are only read for a new sitting. */
  add(sitting: Sitting, text: TextAt, rating: NewRating, facts: () => SittingFacts): Fate | string {
    const dimension = this.#dimension(rating.dimensionId)
    const cell = this.#cell(sitting, text.index, dimension)
    const before = this.#given.get(cell)
    if (before !== undefined) {
      return Object.is(before, rating.value ?? Number.NaN)
        ? "duplicates"
        : `the same person rated this text before, with ${Number.isNaN(before) ? "no value" : before}, in the same sitting; map submission: id: if these are two`
    }
    this.#given.set(cell, rating.value ?? Number.NaN)
    sitting.submissionId ??= this.#submit(sitting, facts())
    let epoch = 1
    const others = this.#ofRater.get(sitting.raterId)!
    if (others.length > 1) {
      for (const other of others)
        if (other !== sitting && this.#given.has(this.#cell(other, text.index, dimension))) epoch++
    }
    this.#fresh.rating.push([
      text.callId,
      sitting.raterId,
      rating.dimensionId,
      epoch,
      rating.value,
      rating.unscored,
      this.#now,
      sitting.submissionId,
      rating.blinding,
      rating.seconds
    ])
    return rating.value === null ? "unscored" : "imported"
  }

  #submit(sitting: Sitting, facts: SittingFacts): number {
    const id = ++this.#lastSubmission
    this.#fresh.submission.push([
      id,
      this.#importId,
      sitting.raterId,
      sitting.key,
      facts.place,
      facts.panel,
      facts.seconds,
      facts.startedAt,
      facts.endedAt,
      facts.progress,
      facts.finished,
      facts.preview,
      facts.status,
      facts.kept
    ])
    for (const item of facts.attention) this.#fresh.attention.push([id, ...item])
    return id
  }
}
