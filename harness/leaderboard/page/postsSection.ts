/** Every post that the page shows: its text, the sources' answers side by side, and each answer's ratings. */
import type { PostRecord, RecordedAnswer } from "../../store/PostRecords.ts"
import type { Outcome } from "../../study/Response.ts"
import { count, counted, points } from "../formatNumber.ts"
import type { Table } from "../Leaderboard.ts"
import { html, type Markup } from "../markup.ts"
import { makeAnchors } from "./anchors.ts"
import type { Choice, Reason } from "./choosePosts.ts"
import type { Evidence } from "./evidence.ts"
import { type InstrumentTitles, ratingsTable } from "./ratingsTable.ts"

/** A text longer than this is cut, and the page says so: nobody reads it here, and one could fill the page. */
const LONGEST = 30_000

/** With more answers than this a page takes over a second to open. */
const CROWDED = 1500

const endings: Partial<Record<Outcome, string>> = {
  truncated: "cut off by a limit",
  refusal: "refused",
  content_filter: "stopped by a content filter",
  empty: "empty"
}

const textOf = (text: string): Markup =>
  text.length <= LONGEST
    ? html`${text}`
    : html`${text.slice(0, LONGEST)}… <em>(${count(text.length - LONGEST)} more characters are left out here)</em>`

/** BCP 47 by its letters; anything else would be no language to a browser. */
const languageOf = (language: string): string =>
  /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(language) ? language : "und"

interface Shown {
  readonly titles: InstrumentTitles
  readonly anchor: ReturnType<typeof makeAnchors>
  /** Whether conditions have to be told apart. */
  readonly conditions: boolean
  readonly spread: ReadonlyMap<number, number>
  readonly reasons: ReadonlyMap<number, Reason>
  readonly crowded: boolean
}

const answerCard = (answer: RecordedAnswer, id: string, language: string, shown: Shown): Markup => {
  const { source, author, condition, epoch, outcome, text, words, ratings } = answer
  const details = [
    author,
    ...(shown.conditions ? [condition] : []),
    ...(epoch > 1 ? [`answer ${epoch}`] : []),
    counted(words, "word"),
    ...(endings[outcome] === undefined ? [] : [endings[outcome]])
  ]
  return html`<article class="answered" id="${shown.anchor(id, source)}" data-source="${source}"><h4><bdi>${source}</bdi> <small>${details.join(", ")}</small></h4><div class="text" lang="${language}">${text === "" ? html`<em>No text.</em>` : textOf(text)}</div>${ratingsTable(ratings, shown.titles, `the answer by ${source}`, shown.crowded)}</article>
`
}

const reasonWords: Readonly<Record<Reason, string>> = {
  most: "scores differ much",
  least: "scores differ little",
  drawn: "drawn at random"
}

const postEntry = (post: PostRecord, shown: Shown): Markup => {
  const id = shown.anchor("post", post.suite, post.post)
  const language = languageOf(post.language)
  const spread = shown.spread.get(post.ordinal)
  const reason = shown.reasons.get(post.ordinal)
  const facts = [
    post.domain,
    ...(spread === undefined ? [] : [`${points(spread)} apart`]),
    ...(reason === undefined ? [] : [reasonWords[reason]])
  ]
  const title = post.title === "" ? `${post.body.slice(0, 80)}…` : post.title
  return html`<details class="post" id="${id}" data-domain="${post.domain}" data-spread="${spread === undefined ? "" : spread.toFixed(4)}"><summary><h3 lang="${language}">${title}</h3> <small>${facts.join(" · ")}</small></summary>
<div class="account"><p class="quiet">Post ${post.suite}/${post.post}. <a href="#${id}">Link to this post</a>${post.crisis && ". Someone may be in danger here"}${post.contentNote !== null && `. Content note: ${post.contentNote}`}.</p><div class="text" lang="${language}">${textOf(post.body)}</div></div>
<div class="answers">${post.answers.map((answer) => answerCard(answer, id, language, shown))}</div>
</details>
`
}

const sampled = (choice: Choice): Markup | undefined => {
  if (choice.reasons.size === 0) return undefined
  const n = (wanted: Reason) => [...choice.reasons.values()].filter((reason) => reason === wanted).length
  return html`<div class="caution"><p><strong>A sample.</strong> The run has ${counted(choice.answers, "answer")} to ${counted(choice.posts, "post")}, more than one page can hold. Shown are ${counted(choice.ordinals.length, "post")} with all their answers: the ${count(n("most"))} whose answers’ scores differ most, the ${count(n("least"))} in which they differ least, and ${count(n("drawn"))} drawn at random by the run’s seed. The tables above are computed from every answer; the rest is in the store.</p></div>`
}

/** The section; `table` is the leaderboard's first, by whose scores posts are called far apart. */
export const postsSection = (
  { manifest, choice, posts, spread }: Evidence,
  table: Table | undefined
): Markup => {
  const answers = posts.reduce((sum, post) => sum + post.answers.length, 0)
  const shown: Shown = {
    titles: new Map(manifest.instruments.map(({ definition }) => [definition.name, definition.title])),
    anchor: makeAnchors(),
    conditions: manifest.conditions.length > 1,
    spread,
    reasons: choice.reasons,
    crowded: answers > CROWDED
  }
  return html`<section aria-labelledby="posts-title" id="posts">
<h2 id="posts-title">Posts and answers</h2>
${sampled(choice)}
<p>${counted(posts.length, "post")} with ${counted(answers, "answer")}. Open a post to read it, the answers side by side, and what each rater gave.${spread.size > 0 && table !== undefined && ` How far apart a post’s answers are is their highest minus their lowest mean score on “${table.title}” (${table.raterKind}).`}</p>
<div id="post-list">
${posts.map((post) => postEntry(post, shown))}</div>
</section>
`
}
