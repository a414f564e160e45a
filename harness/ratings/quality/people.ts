/** The submissions that people made. */
import { raterOf, type Sheet } from "./Sheet.ts"

/** Their indices, in order. */
export const people = (sheet: Sheet): readonly number[] =>
  [...sheet.submissions.keys()].filter((s) => raterOf(sheet, s).kind === "human")
