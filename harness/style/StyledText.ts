/** What the analyses of style start from. */
import type { FeatureName, Style } from "./features.ts"
import { featureNames } from "./features.ts"

/** One response. */
export interface StyleText {
  readonly source: string
  /** Unique over suites. */
  readonly post: string
  readonly domain: string
  /** Counts repeated answers from 1. */
  readonly epoch: number
  readonly text: string
}

/** One rater's value for one response. */
export interface StyleRating {
  readonly source: string
  readonly post: string
  readonly epoch: number
  readonly rater: string
  readonly value: number
}

/** A response with its style. */
export interface StyledText extends Omit<StyleText, "text"> {
  readonly style: Style
}

/** The style of several texts together: the mean of each feature. */
export const meanStyle = (texts: readonly StyledText[]): Style =>
  Object.fromEntries(
    featureNames.map((name) => [name, texts.reduce((sum, { style }) => sum + style[name], 0) / texts.length])
  ) as Record<FeatureName, number>
