/**
 * The last gate before a result leaves: squares of very large ratings overflow and of very small ones vanish,
 * and the arithmetic after that gives NaN or Infinity without complaint.
 */
import { type Estimable, estimable, notEstimable } from "./Estimable.ts"

/** True if every number inside `value`, however deep in records and arrays, is finite. */
export const isFinite = (value: unknown): boolean => {
  if (typeof value === "number") return Number.isFinite(value)
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number>).every(Number.isFinite)
  }
  if (Array.isArray(value)) return value.every(isFinite)
  if (typeof value === "object" && value !== null) return Object.values(value).every(isFinite)
  return true
}

/** `value`, unless a number inside is not finite. */
export const finite = <A>(
  value: A,
  reason = "the arithmetic overflows for values of this size"
): Estimable<A> => (isFinite(value) ? estimable(value) : notEstimable(reason))
