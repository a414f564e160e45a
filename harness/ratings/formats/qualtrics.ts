/** Qualtrics: a row of names, one of questions, one of import ids in JSON; then a row for each submission. */
import { csvTable, type ExtraHeader } from "../table/csvTable.ts"
import type { Format } from "./Format.ts"

/** Columns of every export, and what their cells look like below the header. */
const own: Readonly<Record<string, RegExp>> = {
  Progress: /^\d+(\.\d+)?$/,
  "Duration (in seconds)": /^\d+(\.\d+)?$/,
  Finished: /^(true|false|0|1|wahr|falsch)$/i,
  ResponseId: /^\S+$/,
  StartDate: /\d/,
  EndDate: /\d/,
  RecordedDate: /\d/
}

const isImportIds = (row: readonly string[] | undefined): boolean =>
  row?.some((cell) => /^\{"ImportId" *:/.test(cell.trim())) ?? false

/** Whether a row has words where every submission has numbers, dates and an id. */
const isQuestions = (header: readonly string[], row: readonly string[] | undefined): boolean =>
  header.some((name, index) => {
    const cell = row?.[index]?.trim() ?? ""
    return own[name] !== undefined && cell !== "" && cell !== "*******" && !own[name].test(cell)
  })

/** How many of the two rows below the names are there: people delete one or both by hand. */
const extraHeader: ExtraHeader = (header, [first, second]) => {
  if (isImportIds(first)) return { rows: 1 }
  if (isImportIds(second)) return { rows: 2, questions: first! }
  return isQuestions(header, first) ? { rows: 1, questions: first! } : { rows: 0 }
}

const OWN_COLUMNS = 3

export const qualtrics: Format = {
  name: "qualtrics",
  title: "Qualtrics CSV or TSV export",
  recognise: (_file, peek) => {
    if (peek._tag !== "Csv") return undefined
    const ids = [0, 1].find((index) => isImportIds(peek.rows[index]))
    if (ids !== undefined) return `its ${ids === 0 ? "second" : "third"} row has ImportIds`
    const found = Object.keys(own).filter((name) => peek.header.includes(name))
    return found.includes("ResponseId") && found.length > OWN_COLUMNS
      ? `it has Qualtrics' own columns (${found.join(", ")})`
      : undefined
  },
  open: (file, { delimiter }) => csvTable(file, { delimiter, extraHeader }),
  preset: {
    rater: "PROLIFIC_PID",
    submission: {
      id: "ResponseId",
      seconds: "Duration (in seconds)",
      startedAt: "StartDate",
      endedAt: "EndDate",
      progress: "Progress",
      finished: "Finished",
      status: "Status"
    },
    skip: [
      {
        rule: "preview",
        column: "Status",
        is: ["Survey Preview", "Survey Test", "Spam", "Offline Preview", "1", "2", "8", "9", "17"]
      },
      { rule: "preview", column: "DistributionChannel", is: ["preview"] }
    ]
  }
}
