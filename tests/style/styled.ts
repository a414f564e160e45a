import * as Random from "../../harness/stats/Random.ts"
import { type FeatureName, featureNames, type Style } from "../../harness/style/features.ts"
import type { StyledText } from "../../harness/style/StyledText.ts"

/** What a drawn text is of. */
export interface Drawn {
  readonly source: string
  readonly post: number
  readonly epoch: number
}

/** Texts whose features are standard normal, with what `shift` adds to them. */
export const drawTexts = (
  size: { readonly posts: number; readonly sources: readonly string[]; readonly epochs?: number },
  seed: number,
  shift: (of: Drawn, feature: FeatureName) => number = () => 0
): readonly StyledText[] => {
  const random = Random.make(seed)
  const texts: StyledText[] = []
  for (let post = 0; post < size.posts; post++) {
    for (const source of size.sources) {
      for (let epoch = 1; epoch <= (size.epochs ?? 1); epoch++) {
        const style = Object.fromEntries(
          featureNames.map((name) => [name, random.normal() + shift({ source, post, epoch }, name)])
        ) as Record<FeatureName, number> satisfies Style
        texts.push({ source, post: `p${post}`, domain: `d${post % 3}`, epoch, style })
      }
    }
  }
  return texts
}
