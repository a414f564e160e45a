/** The formats that `warmline import` knows, the most particular first. */
import { Effect } from "effect"
import { csvTable } from "../table/csvTable.ts"
import { jsonlTable, readJsonFile, tableOfJson } from "../table/jsonTable.ts"
import { withRadioColumns } from "../table/radioColumns.ts"
import type { Sniffed } from "../table/sniffFile.ts"
import type { Format, Peek, Reading } from "./Format.ts"
import { ieval } from "./ieval.ts"
import { qualtrics } from "./qualtrics.ts"

const csv = (file: Sniffed, { delimiter }: Reading) => csvTable(file, { delimiter })

const json = (file: Sniffed, items: Reading["items"]) =>
  Effect.flatMap(readJsonFile(file), (value) => tableOfJson(file, value, items))

const has = (peek: Peek, ...names: readonly string[]): boolean =>
  peek._tag === "Csv" && names.every((name) => peek.header.includes(name))

const mturk: Format = {
  name: "mturk",
  title: "MTurk batch results",
  recognise: (_file, peek) =>
    has(peek, "HITId", "AssignmentId", "WorkerId") ? "it has HITId, AssignmentId and WorkerId" : undefined,
  open: (file, reading) => Effect.flatMap(csv(file, reading), withRadioColumns),
  preset: {
    rater: "WorkerId",
    submission: {
      id: "AssignmentId",
      seconds: "WorkTimeInSeconds",
      startedAt: "AcceptTime",
      endedAt: "SubmitTime",
      status: "AssignmentStatus"
    },
    skip: [{ rule: "assignment rejected", column: "AssignmentStatus", is: ["Rejected"] }],
    answers: /^Answer\./
  }
}

/** A Prolific export with ratings joined to it: a column of ratings each, a row for each submission. */
const prolific: Format = {
  name: "prolific",
  title: "Prolific export, joined to ratings",
  recognise: (_file, peek) =>
    has(peek, "Submission id", "Participant id") ? "it has Submission id and Participant id" : undefined,
  open: csv,
  preset: {
    rater: "Participant id",
    submission: {
      id: "Submission id",
      seconds: "Time taken",
      startedAt: "Started at",
      endedAt: "Completed at",
      status: "Status"
    },
    skip: [{ rule: "returned or timed out", column: "Status", is: ["RETURNED", "TIMED-OUT"] }]
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Label Studio: tasks with annotations; a row for each thing that an annotator said of a task. */
const labelStudio: Format = {
  name: "label-studio",
  title: "Label Studio JSON export",
  recognise: (_file, peek) =>
    peek._tag === "Json" &&
    Array.isArray(peek.value) &&
    isRecord(peek.value[0]) &&
    Array.isArray(peek.value[0].annotations) &&
    isRecord(peek.value[0].data)
      ? "its items have data and annotations"
      : undefined,
  open: (file, { items }) => json(file, items ?? "$[*].annotations[*].result[*]"),
  preset: {
    rater: "completed_by",
    submission: { seconds: "lead_time" },
    skip: [{ rule: "cancelled", column: "was_cancelled", is: ["true"] }]
  }
}

const jsonFile: Format = {
  name: "json",
  title: "JSON, nested or not",
  recognise: (_file, peek) => (peek._tag === "Json" ? "it is one JSON value" : undefined),
  open: (file, { items }) => json(file, items),
  preset: {}
}

const jsonl: Format = {
  name: "jsonl",
  title: "JSON, one value a line",
  recognise: (_file, peek) => (peek._tag === "Jsonl" ? "every line is a JSON value" : undefined),
  open: (file, { items }) => jsonlTable(file, items),
  preset: {}
}

/** Names of columns that hold the value in a file with one rating a row. */
const oneValue = /^(value|rating|score|answer|response_value|judg(e)?ment)$/i

const long: Format = {
  name: "long",
  title: "CSV, one rating a row",
  recognise: (_file, peek) =>
    peek._tag === "Csv" && peek.header.some((name) => oneValue.test(name))
      ? `it has one column of values (${peek.header.find((name) => oneValue.test(name))})`
      : undefined,
  open: csv,
  preset: {}
}

const wide: Format = {
  name: "wide",
  title: "CSV, several ratings a row",
  recognise: (_file, peek) =>
    peek._tag === "Csv" ? "no other format fits, so a row may hold several ratings" : undefined,
  open: csv,
  preset: {}
}

/** All of them; `--format auto` takes the first that recognises the file. */
export const formats: readonly Format[] = [
  ieval,
  qualtrics,
  mturk,
  prolific,
  labelStudio,
  jsonFile,
  jsonl,
  long,
  wide
]
