/** A table as every section of the page has it. */
import { html, type Interpolated, type Markup } from "../markup.ts"

/**
 * A table in a box that scrolls by itself, by keyboard too. `label` names it for those who hear the page and is unique
 * on it; `kind` is a class of the style sheet.
 */
export const tableBox = (
  caption: Interpolated,
  label: string,
  head: Markup,
  body: readonly Markup[],
  kind = ""
): Markup =>
  html`<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table class="${kind}"><caption><span>${caption}</span></caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>
`
