/** `warmline agreement`: a file of ratings to all coefficients that fit it. */
import { Effect, Option } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import { type Columns, readColumns } from "../../catalog/readColumns.ts"
import { agreement } from "../../stats/agreement/Agreement.ts"
import { document } from "../../stats/agreement/AgreementJson.ts"
import * as AgreementTable from "../../stats/agreement/AgreementTable.ts"
import type { Estimable } from "../../stats/Estimable.ts"
import type { AgreementOptions } from "../commands/agreement.ts"
import { agreementText } from "../display/agreementText.ts"
import { namesOf } from "./namesOf.ts"
import { sayReason } from "./sayReason.ts"

const usage = (place: string, reason: string) =>
  new FileError({
    place,
    reason,
    mend: "a row a rating: --rater, --item and --value; a row an item: --raters with a column each"
  })

/** Names of items, put together where several columns name them. */
const itemNames = (read: Columns, columns: readonly string[]): readonly string[] => {
  const parts = columns.map((name) => read.texts[name]!)
  if (parts.length === 1) return parts[0]!
  return Array.from({ length: read.rows }, (_, i) =>
    parts.some((part) => part[i] === "") ? "" : parts.map((part) => part[i]).join(" ")
  )
}

/** The cells of a column: labels as texts, else numbers, of which the reader made sure. */
const values = (read: Columns, name: string): ArrayLike<AgreementTable.Raw> =>
  read.texts[name] ?? read.numbers[name]!

const long = Effect.fn(function* (given: AgreementOptions, rater: string, item: string, value: string) {
  const columns = namesOf(item)
  const nominal = given.scale === "nominal"
  const read = yield* readColumns(given.file, {
    texts: [rater, ...columns, ...(nominal ? [value] : [])],
    numbers: nominal ? [] : [value]
  })
  const raters = read.texts[rater]!
  const items = itemNames(read, columns)
  const cells = values(read, value)
  const ratings: AgreementTable.LongRating[] = []
  for (let i = 0; i < read.rows; i++) {
    if (raters[i] !== "" && items[i] !== "")
      ratings.push({ rater: raters[i]!, item: items[i]!, value: cells[i] })
  }
  return {
    table: AgreementTable.fromLong(ratings, given.scale, given.repeats),
    dropped: read.rows - ratings.length
  }
})

const wide = Effect.fn(function* (given: AgreementOptions, raters: readonly string[]) {
  const nominal = given.scale === "nominal"
  const item = Option.getOrUndefined(given.item)
  const columns = item === undefined ? [] : namesOf(item)
  const read = yield* readColumns(given.file, {
    texts: [...columns, ...(nominal ? raters : [])],
    numbers: nominal ? [] : raters
  })
  const cells = raters.map((name) => values(read, name))
  const items = columns.length === 0 ? undefined : itemNames(read, columns)
  const rows = Array.from({ length: read.rows }, (_, i) => ({
    ...Object.fromEntries(raters.map((name, k) => [name, cells[k]![i]])),
    ...(item === undefined ? {} : { [item]: items![i] })
  }))
  const options = { raters, scale: given.scale, ...(item === undefined ? {} : { item }) }
  return { table: AgreementTable.fromWide(rows, options), dropped: 0 }
})

const tableOf = (
  given: AgreementOptions
): Effect.Effect<
  { readonly table: Estimable<AgreementTable.AgreementTable>; readonly dropped: number },
  FileError
> => {
  const rater = Option.getOrUndefined(given.rater)
  const item = Option.getOrUndefined(given.item)
  const value = Option.getOrUndefined(given.value)
  const raters = Option.getOrUndefined(given.raters)
  if (raters !== undefined) {
    if (rater !== undefined || value !== undefined) {
      return Effect.fail(
        usage("--raters", `cannot stand beside --${rater === undefined ? "value" : "rater"}`)
      )
    }
    return wide(given, namesOf(raters))
  }
  const absent = Object.entries({ rater, item, value }).find(([, name]) => name === undefined)
  if (rater !== undefined && item !== undefined && value !== undefined) return long(given, rater, item, value)
  return Effect.fail(usage(given.file, `--${absent![0]} is missing`))
}

/** Reads, computes, prints. */
export const agreementOf = Effect.fn("Cli.agreement")(function* (given: AgreementOptions) {
  const { table, dropped } = yield* tableOf(given)
  if (!table.ok) return yield* sayReason(given.file, table.reason, given.json)
  const result = agreement(table.value, { seed: given.seed, replicates: given.replicates })
  if (!result.ok) return yield* sayReason(given.file, result.reason, given.json)
  const notes = dropped === 0 ? [] : [`${dropped} rows name no rater or no item and are left out`]
  yield* Effect.sync(() => {
    const text = given.json
      ? `${JSON.stringify({ ...document(result.value), notes }, null, 2)}\n`
      : agreementText(result.value, notes)
    process.stdout.write(text)
  })
})
