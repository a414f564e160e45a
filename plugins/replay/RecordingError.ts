/** Something in the file is wrong: where, what, and how to mend it. */
export class RecordingError extends Error {
  readonly line: number | undefined
  readonly mend: string
  constructor(line: number | undefined, reason: string, mend: string) {
    super(reason)
    this.line = line
    this.mend = mend
  }
}
