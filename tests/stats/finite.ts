/** Every number inside `value`, however deep, that is NaN or infinite, by its path. */
export const notFinite = (value: unknown, path = "$"): string[] => {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path} = ${value}`]
  if (value instanceof Float64Array) return notFinite(Array.from(value), path)
  if (Array.isArray(value)) return value.flatMap((item, i) => notFinite(item, `${path}[${i}]`))
  if (value !== null && typeof value === "object") {
    return Object.entries(value).flatMap(([key, item]) => notFinite(item, `${path}.${key}`))
  }
  return []
}
