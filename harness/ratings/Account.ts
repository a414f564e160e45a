/** What became of everything in a file: every row is in exactly one place, and so is every rating. */

/** Why a row or a rating was not taken, and where it stands. */
export interface Rejection {
  /** Line of a CSV or JSONL file, or number of the item in a JSON file. */
  readonly line: number
  readonly column: string
  readonly value: string
  readonly reason: string
}

/** An account, closed. In both parts `read` is the sum of the others. */
export interface ClosedAccount {
  readonly rows: {
    readonly read: number
    /** At least one of its ratings is in. */
    readonly imported: number
    /** All it says is in the store already. */
    readonly duplicates: number
    readonly rejected: number
    /** By the name of the rule. */
    readonly skipped: Readonly<Record<string, number>>
  }
  /** Places of the rows that were not skipped, where a rating may stand; `null` in an account of responses. */
  readonly ratings: {
    readonly read: number
    readonly imported: number
    /** Of `imported`: answers that are no value, kept with their words. */
    readonly unscored: number
    readonly duplicates: number
    readonly empty: number
    readonly rejected: number
  } | null
  /** Rejections by their reasons, most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly n: number }[]
}

/** Where a rating, or a row of responses, ended up. */
export type Fate = "imported" | "unscored" | "duplicates" | "empty" | "rejected"

/** Reasons of this length and less are counted one by one. */
const MOST_REASONS = 1000

/** Counts while a file is read. `reject` gets each rejection once. */
export class Account {
  readonly #rows = { imported: 0, duplicates: 0, rejected: 0 }
  readonly #skipped = new Map<string, number>()
  readonly #ratings = { imported: 0, unscored: 0, duplicates: 0, empty: 0, rejected: 0 }
  readonly #reasons = new Map<string, number>()
  readonly #reject: (rejection: Rejection) => void

  constructor(reject: (rejection: Rejection) => void) {
    this.#reject = reject
  }

  /** A row that a rule leaves out. */
  skip(rule: string): undefined {
    this.#skipped.set(rule, (this.#skipped.get(rule) ?? 0) + 1)
  }

  /** Something is wrong with a row or one of its cells. */
  reject(rejection: Rejection): void {
    const { reason } = rejection
    const key = this.#reasons.has(reason) || this.#reasons.size < MOST_REASONS ? reason : "other reasons"
    this.#reasons.set(key, (this.#reasons.get(key) ?? 0) + 1)
    this.#reject(rejection)
  }

  /** A whole row that could not be taken; `reject` says why. */
  rejectRow(rejection: Rejection): void {
    this.#rows.rejected++
    this.reject(rejection)
  }

  /** A row that was read, with what became of its ratings. */
  row(fates: Readonly<Record<Fate, number>>): void {
    for (const [fate, n] of Object.entries(fates)) this.#ratings[fate as Fate] += n
    if (fates.imported + fates.unscored > 0) this.#rows.imported++
    else if (fates.rejected > 0) this.#rows.rejected++
    else if (fates.duplicates > 0) this.#rows.duplicates++
    else this.skip("no rating in it")
  }

  /** How many ratings or rows are in so far. */
  get imported(): number {
    return this.#rows.imported
  }

  /** How many rows are rejected so far. */
  get rejected(): number {
    return this.#rows.rejected
  }

  close(): ClosedAccount & { readonly ratings: NonNullable<ClosedAccount["ratings"]> } {
    const skipped = Object.fromEntries([...this.#skipped].sort(([a], [b]) => (a < b ? -1 : 1)))
    const left = [...this.#skipped.values()].reduce((sum, n) => sum + n, 0)
    const { imported, duplicates, rejected } = this.#rows
    const { unscored, empty, ...ratings } = this.#ratings
    return {
      rows: { read: imported + duplicates + rejected + left, imported, duplicates, rejected, skipped },
      ratings: {
        read: ratings.imported + unscored + ratings.duplicates + empty + ratings.rejected,
        imported: ratings.imported + unscored,
        unscored,
        duplicates: ratings.duplicates,
        empty,
        rejected: ratings.rejected
      },
      reasons: [...this.#reasons].map(([reason, n]) => ({ reason, n })).sort((a, b) => b.n - a.n)
    }
  }
}
