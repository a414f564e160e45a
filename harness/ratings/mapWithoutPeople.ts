/** What of a map is kept in the store: all but the names of people, which a map may have too. */
import type { RatingsAt, RatingsMap } from "./RatingsMap.ts"

type Encoded = typeof RatingsMap.Encoded
type Hide = (name: string) => string

const hiddenKeys = <A>(record: Readonly<Record<string, A>>, hide: Hide, value: (one: A) => A) =>
  Object.fromEntries(Object.entries(record).map(([key, one]) => [hide(key), value(one)]))

/** Whether each file is a rater's, so that its name says who that is. */
export const fileIsRater = ({ rater }: Pick<RatingsMap, "rater">): boolean =>
  rater === "$file" || (typeof rater === "object" && "column" in rater && rater.column === "$file")

/** Replaces raters by what `hide` makes of their names. */
export const mapWithoutPeople = (map: Encoded, hide: Hide): Encoded => {
  // Judges are no people.
  if (map.raterKind === "judge") return map
  const { rater } = map
  const column =
    typeof rater === "string" ? rater : rater !== undefined && "column" in rater ? rater.column : undefined
  return {
    ...map,
    ...(typeof rater === "object"
      ? {
          rater:
            "value" in rater
              ? { value: hide(rater.value) }
              : { ...rater, ...(rater.names && { names: hiddenKeys(rater.names, hide, hide) }) }
        }
      : {}),
    ...(map.skip && {
      skip: map.skip.map((rule) =>
        rule.column === column
          ? { ...rule, is: [hide(rule.is[0]), ...rule.is.slice(1).map(hide)] as const }
          : rule
      )
    }),
    ratings: [entry(map.ratings[0], hide), ...map.ratings.slice(1).map((at) => entry(at, hide))]
  }
}

const entry = (at: (typeof RatingsAt)["Encoded"], hide: Hide): (typeof RatingsAt)["Encoded"] => ({
  ...at,
  ...(at.raters && { raters: [hide(at.raters[0]), ...at.raters.slice(1).map(hide)] as const }),
  ...(at.parts && {
    parts: Object.fromEntries(
      Object.entries(at.parts).map(([name, part]) => [
        name,
        Object.values(part).some(({ rater }) => rater !== undefined) || name === "rater"
          ? hiddenKeys(part, hide, (one) =>
              one.rater === undefined ? one : { ...one, rater: hide(one.rater) }
            )
          : part
      ])
    )
  })
})
