/** Where the items of a JSON value are, guessed: the deepest lists and maps of objects that hold grades. */

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)
const isGrade = (value: unknown): boolean =>
  (typeof value === "number" || (typeof value === "string" && /^\d+(\.\d+)?$/.test(value))) &&
  Number(value) >= 0 &&
  Number(value) <= 10

/** Names of what is counted and not asked. */
const notAsked = /(^|[_. -])(id|index|order|version|count|page|turn|time|ms|seconds|age)$/i

const step = (key: string): string => (/^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`)

/** Whether objects have mostly the same fields. */
const alike = (members: readonly Fields[]): boolean => {
  const [first = [], ...others] = members.map((member) => Object.keys(member))
  return others.every((keys) => keys.filter((key) => first.includes(key)).length * 2 >= first.length)
}

/** Whether an object is a map from ids to things that are alike: objects, or lists of objects. */
const isMap = (value: Fields): boolean => {
  const members = Object.values(value).filter((member) => member !== null)
  if (members.length < 2) return false
  if (members.every(isObject)) return alike(members)
  if (!members.every((member) => Array.isArray(member))) return false
  const firsts = members.map((list) => list.find(isObject))
  return firsts.every((one) => one !== undefined) && alike(firsts)
}

/** Whether an object has grades itself, or in an object within that is no map. */
const hasGrades = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries(value).some(([key, field]) =>
    isObject(field)
      ? !isMap(field) && hasGrades(field)
      : Array.isArray(field)
        ? field.length === 1 && hasGrades(field[0])
        : isGrade(field) && !notAsked.test(key)
  )

interface Found {
  readonly depth: number
  /** Members of the longest of these lists. */
  size: number
  grades: boolean
}

/** What a map from raters to grades is usually called. */
const ofRaters = /^(ratings|raters|annotations|annotators|by_?rater|votes)$/i

const areRaters = (value: Fields, isDimension: (name: string) => boolean): boolean => {
  const fields = Object.entries(value)
  return fields.length > 1 && fields.every(([key, grade]) => isGrade(grade) && !isDimension(key))
}

/** Nobody nests ratings deeper. */
const DEEPEST = 12

/** Every list and map of objects below a value. */
const candidates = (value: unknown, isDimension: (name: string) => boolean): ReadonlyMap<string, Found> => {
  const found = new Map<string, Found>()
  const note = (path: string, depth: number, size: number, grades: boolean) => {
    const before = found.get(path)
    if (before === undefined) found.set(path, { depth, size, grades })
    else {
      before.size = Math.max(before.size, size)
      before.grades ||= grades
    }
  }
  const members = (all: readonly unknown[], path: string, depth: number): void => {
    note(path, depth, all.length, all.some(hasGrades))
    for (const member of all) walk(member, path, depth)
  }
  const walk = (one: unknown, path: string, depth: number): void => {
    if (depth > DEEPEST) return
    if (Array.isArray(one)) {
      if (one.some(isObject)) members(one, `${path}[*]`, depth + 1)
      else if (one.length > 0 && one.every(Array.isArray)) note(`${path}[*]`, depth + 1, one.length, true)
    } else if (isObject(one)) {
      if (isMap(one)) {
        const all = Object.values(one)
        if (all.every(Array.isArray)) for (const list of all) walk(list, `${path}.*`, depth + 1)
        else members(all, `${path}.*`, depth + 1)
        return
      }
      for (const [key, field] of Object.entries(one)) {
        const at = `${path}${step(key)}`
        // Grades by the names of raters: `ratings: {r1: 4, r2: 5}`.
        if (ofRaters.test(key) && isObject(field) && areRaters(field, isDimension))
          note(`${at}.*`, depth + 1, Object.keys(field).length, true)
        else walk(field, at, depth)
      }
    }
  }
  walk(value, "$", 0)
  return found
}

/** The path; `undefined` where the value is best taken as it is. `isDimension` knows names that are no rater's. */
export const itemsPath = (value: unknown, isDimension: (name: string) => boolean): string | undefined =>
  [...candidates(value, isDimension)]
    // A list that never has a second member is a tool's way to write one answer.
    .filter(([path, { grades, size }]) => grades && (size > 1 || path === "$[*]"))
    .sort(([, a], [, b]) => b.depth - a.depth)[0]?.[0]
