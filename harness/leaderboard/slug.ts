/**
 * Names as file names and parts of an address: on any system, the same whatever other names there are, and never a
 * path, whatever the name says.
 */
import { hashText } from "../study/Hash.ts"

/** Letters, digits, and single `.`, `-`, `_` between them: what needs no change. */
const plain = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/

/** Devices of Windows, which no file may be named for, with whatever ending. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/

const most = 48

/** What can be read of a name: its letters without accents and its digits, the rest as `-`. */
const readable = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replaceAll(/[._-]*([._-])[._-]*/g, "$1")
    .slice(0, most)
    .replaceAll(/^[._-]+|[._-]+$/g, "")

/**
 * A name's slug: the name itself where it can be one, else what can be read of it, `--` and the start of its hash, so
 * that names that read alike stay apart. `digits` of the hash are written.
 */
export const slug = (name: string, digits = 8): string => {
  if (plain.test(name) && !device.test(name) && name.length <= most) return name
  const start = readable(name)
  const hash = hashText(name.toWellFormed()).slice(0, digits)
  return start === "" || device.test(start) ? `x--${hash}` : `${start}--${hash}`
}

/** A slug for each of several names, no two alike. */
export const slugs = (names: Iterable<string>): ReadonlyMap<string, string> => {
  const all = [...new Set(names)].sort()
  const groups = Map.groupBy(all, (name) => slug(name))
  // Two hashes that begin alike are written out; a plain name cannot be another's slug, for it has no `--`.
  return new Map(all.map((name) => [name, slug(name, groups.get(slug(name))!.length > 1 ? 64 : 8)]))
}
