/** A map together with what its format's own columns mean. What the map says goes first. */
import type { Preset } from "./formats/Format.ts"
import { RatingsMap } from "./RatingsMap.ts"

/** Fills in columns that the file has and the map does not speak of. */
export const withPreset = (map: RatingsMap, preset: Preset, header: readonly string[]): RatingsMap => {
  const has = new Set(header)
  const submission = Object.fromEntries(
    Object.entries(preset.submission ?? {}).filter(
      ([fact, column]) => has.has(column) && !(fact in map.submission)
    )
  )
  const spoken = new Set(map.skip.map(({ column }) => column))
  return new RatingsMap({
    ...map,
    ...(map.rater === undefined && preset.rater !== undefined && has.has(preset.rater)
      ? { rater: preset.rater }
      : {}),
    submission: { ...map.submission, ...submission },
    skip: [...map.skip, ...(preset.skip ?? []).filter(({ column }) => has.has(column) && !spoken.has(column))]
  })
}
