/** A table's result in sentences that can be quoted as they stand: who rated, what is known, what is not. */
import { disagreementSentences } from "./besideTables.ts"
import { against } from "./estimates/pairsOf.ts"
import { counted, listed, points } from "./formatNumber.ts"
import type { Table } from "./Leaderboard.ts"
import { detectable, type MeasuredRow, peopleText, verdictOf } from "./verdict.ts"

const opening = (table: Table): string => {
  const names = listed(table.raters)
  const many = table.raters.length !== 1
  switch (table.raterKind) {
    case "human":
      return many || table.panels !== undefined ? `Rated by ${peopleText(table)}` : "Rated by one person"
    case "judge":
      return `Rated by the model${many ? "s" : ""} ${names} (not by people)`
    case "proxy":
      return `Scored by the formula${many ? "s" : ""} ${names} (not by people)`
  }
}

/** What a reader must not take the number for; empty for people. */
const closing: Record<Table["raterKind"], string> = {
  human: "",
  judge: " This is how a model judges the texts, not how people perceive them.",
  proxy: " This is a proxy: a formula over the text, not a measure of empathy."
}

const measureOf = ({ title, measure }: Table): string =>
  measure === "aggregate" ? `“${title}”` : `“${title}”, ${measure},`

const withMean = ({ source, mean }: MeasuredRow): string => `${source} (${points(mean.estimate)})`

/** At most `most` names, the rest counted. */
const some = (rows: readonly MeasuredRow[], text: (row: MeasuredRow) => string, most = 4): string =>
  rows.length <= most
    ? listed(rows.map(text))
    : `${rows
        .slice(0, most - 1)
        .map(text)
        .join(", ")} and ${rows.length - most + 1} others`

const finding = (table: Table): string => {
  const verdict = verdictOf(table)
  const scale = `on a scale of ${table.scale.minimum} to ${table.scale.maximum}`
  const on = `on ${measureOf(table)}`
  // The comma after a dimension belongs to what follows it.
  const atEnd = on.replace(/,$/, "")
  switch (verdict.kind) {
    case "empty":
      return `no source has a mean ${atEnd}.`
    case "refused":
      return `the sources are not ranked ${atEnd}: ${verdict.reason}.`
    case "single": {
      const { source, mean } = verdict.row
      return `${source} has a mean of ${points(mean.estimate)} ${on} ${scale} (95 % interval ${points(mean.lower)} to ${points(mean.upper)}); there is no other source to compare it with.`
    }
    case "tie": {
      const range = detectable(table)
      const size =
        range === undefined || range[1] === 0
          ? ""
          : ` A true difference of ${points(range[1])} points would have been found four times in five.`
      return `${some(verdict.rows, withMean)} are not distinguishable ${on} ${scale}.${size}`
    }
    case "first":
      return `${withMean(verdict.row)} has the highest mean ${on} ${scale}, separated from ${
        verdict.others.length === 1 ? "" : `each of the other ${verdict.others.length} sources: `
      }${some(verdict.others, withMean)}.`
    case "shared": {
      const { top, below } = verdict
      const lead =
        top.length > 1
          ? `${some(top, withMean)} are not distinguishable from one another at the top ${on} ${scale}`
          : `${some(top, withMean)} has the highest mean ${on} ${scale}, but is not separated from every other source`
      return below.length === 0
        ? `${lead}.`
        : `${lead}; ${some(below, withMean)} ${below.length === 1 ? "is" : "are each"} separated below at least one source.`
    }
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What other raters say to it; and whether another analysis of the same ratings would say something else. */
const doubts = (table: Table): string => {
  const others = disagreementSentences(table).map((sentence) => ` But ${sentence}.`)
  const shaky = table.sensitivity?.methods.some((method) => against(method).length > 0) ?? false
  return `${others.join("")}${shaky ? ` ${capital(table.sensitivity!.conclusion)}` : ""}`
}

/** One to four sentences, plain text. Names of sources stand in it as they are: escape it for where it goes. */
export const headlineOf = (table: Table): string => {
  const posts = Math.max(0, ...table.rows.map((row) => row.posts))
  return `${opening(table)} on ${counted(posts, "post")}: ${finding(table)}${doubts(table)}${closing[table.raterKind]}`
}
