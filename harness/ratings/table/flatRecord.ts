/**
 * A place in a JSON value as one flat record. It has the simple fields of the value itself and of everything it
 * stands in, the nearest first; fields of an object within, or of the only object of a list within, are
 * `object.field`. The keys on the way to it are `$key1`, `$key2` …, and a value that is no object is `value`. An object
 * of truths of which at most one is true is also a field itself, with that one's name.
 */

import { withoutNul } from "./sniffFile.ts"

/** Fields by name; every value as the text it is in the file. */
export type FlatRecord = Map<string, string>

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Lists longer than this are no field. */
const LONGEST_LIST = 50

const simple = (value: Json): value is null | boolean | number | string =>
  value === null || typeof value !== "object"

const textOf = (value: null | boolean | number | string): string =>
  value === null ? "" : withoutNul(String(value))

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

/** A list of one object, as tools write a question that may have several answers. */
const onlyOne = (value: readonly Json[]): Json | undefined => {
  const [one] = value
  return value.length === 1 && !simple(one!) && !isList(one!) ? one : undefined
}

/** Radio buttons, as `{"1": false, "2": true, "3": false}`: the one that is true; `undefined` for anything else. */
const chosen = (value: Json): string | undefined => {
  if (simple(value) || isList(value)) return undefined
  const fields = Object.entries(value)
  if (fields.length < 2 || !fields.every(([, field]) => typeof field === "boolean")) return undefined
  const on = fields.filter(([, field]) => field)
  return on.length > 1 ? undefined : (on[0]?.[0] ?? "")
}

/** Longer texts in a list of objects are no field of the record that the list is in. */
const LONGEST_TEXT = 40

/**
 * The short fields of a list's objects, one after the other: whoever takes the list for one object then finds `4; 5`,
 * which is no grade, and not nothing.
 */
const addEach = (into: FlatRecord, prefix: string, list: readonly Json[]): void => {
  if (list.length < 2 || list.length > LONGEST_LIST || list.some((one) => simple(one) || isList(one))) return
  const fields = new Map<string, string[]>()
  for (const one of list)
    for (const [key, field] of Object.entries(one as object) as [string, Json][]) {
      if (!simple(field)) continue
      const said = fields.get(key)
      if (said) said.push(textOf(field))
      else fields.set(key, [textOf(field)])
    }
  for (const [key, said] of fields)
    if (said.every(({ length }) => length <= LONGEST_TEXT) && !into.has(`${prefix}.${key}`))
      into.set(`${prefix}.${key}`, said.join("; "))
}

/** Adds what is not there yet: whoever comes first is nearest. */
const addFields = (into: FlatRecord, prefix: string, value: Json): void => {
  if (simple(value) || isList(value)) return
  for (const [key, field] of Object.entries(value)) {
    const name = prefix === "" ? key : `${prefix}.${key}`
    if (simple(field)) {
      if (!into.has(name)) into.set(name, textOf(field))
    } else if (isList(field)) {
      if (field.length > 0 && field.length <= LONGEST_LIST && field.every(simple) && !into.has(name))
        into.set(name, field.map((one) => textOf(one as string)).join("; "))
      const one = onlyOne(field)
      if (one !== undefined) addFields(into, name, one)
      else addEach(into, name, field)
    } else {
      const choice = chosen(field)
      if (choice !== undefined && !into.has(name)) into.set(name, choice)
      addFields(into, name, field)
    }
  }
}

/** The fields of a JSON text in a cell, each behind the name of its column; `undefined` where it is none. */
export const cellRecord = (column: string, value: unknown): FlatRecord | undefined => {
  const record: FlatRecord = new Map()
  addFields(record, "", { [column]: value as Json })
  return record.size === 0 ? undefined : record
}

/** The keys that all ways to the items of a table take, place by place. */
export const keysOf = (paths: readonly (readonly (string | number)[])[]): readonly ReadonlySet<string>[] => {
  const keys: Set<string>[] = []
  for (const path of paths)
    for (const [place, key] of path.entries())
      if (typeof key === "string") {
        keys[place] ??= new Set()
        keys[place].add(key)
      }
  return Array.from(keys, (set) => set ?? new Set())
}

/**
 * The record of what stands at `path` in `root`. What leads to other items (`keys`) is no field of this one: in a map by
 * ids every item would have all others.
 */
export const flatRecord = (
  root: unknown,
  path: readonly (string | number)[],
  keys: readonly ReadonlySet<string>[] = []
): FlatRecord => {
  const record: FlatRecord = new Map()
  const way: {
    readonly value: Json
    readonly next: string
    readonly others: ReadonlySet<string> | undefined
  }[] = []
  let value = root as Json
  for (const [place, key] of path.entries()) {
    way.push({ value, next: String(key), others: keys[place] })
    value = (value as never)[key] as Json
  }
  if (simple(value)) record.set("value", textOf(value))
  else if (isList(value)) {
    for (const [index, one] of value.entries()) if (simple(one)) record.set(String(index + 1), textOf(one))
  } else addFields(record, "", value)
  for (const { value: around, next, others } of way.reverse()) {
    if (simple(around) || isList(around)) continue
    // What leads to this record is not a field of what it stands in.
    addFields(
      record,
      "",
      Object.fromEntries(Object.entries(around).filter(([key]) => key !== next && !others?.has(key)))
    )
  }
  for (const [index, key] of path.entries()) record.set(`$key${index + 1}`, String(key))
  return record
}
