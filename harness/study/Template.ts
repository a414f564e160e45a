/** Templates of conditions: `{{placeholder}}` and nothing else. Values are put in as they are, once. */
import { Schema } from "effect"
import type { Condition } from "./Condition.ts"
import { type Post, postText } from "./Post.ts"

/** The placeholders a condition may use, and what each stands for. */
export const placeholders = {
  post: "the post: title, an empty line, body",
  title: "the post's title, or nothing",
  body: "the post's body",
  domain: "the domain's name",
  min_words: "the least number of words asked for",
  max_words: "the greatest number of words asked for"
} as const

/** The name of a placeholder. */
export type Placeholder = keyof typeof placeholders

/** A condition's template is wrong; `place` is `system` or `user`. */
export class TemplateError extends Schema.TaggedError<TemplateError>()("TemplateError", {
  condition: Schema.String,
  place: Schema.String,
  reason: Schema.String
}) {
  override get message() {
    return `condition ${this.condition}, ${this.place}: ${this.reason}`
  }
}

/** One message of a chat, in the roles that every provider knows. */
export interface Message {
  readonly role: "system" | "user" | "assistant"
  readonly content: string
}

const slot = /\{\{\s*([^{}]*?)\s*\}\}/g

/** What is wrong with a condition's templates, or `undefined`. */
export const checkCondition = (condition: Condition): TemplateError | undefined => {
  const wrong = (place: string, reason: string) =>
    new TemplateError({ condition: condition.name, place, reason })
  for (const place of ["system", "user"] as const) {
    for (const [, name] of (condition[place] ?? "").matchAll(slot)) {
      if (!(name! in placeholders)) {
        return wrong(
          place,
          `unknown placeholder {{${name}}}; known are ${Object.keys(placeholders).join(", ")}`
        )
      }
      if (name!.endsWith("_words") && condition.length === undefined) {
        return wrong(place, `{{${name}}} needs a length; add length: { min: …, max: … } or take it out`)
      }
    }
  }
  if (!/\{\{\s*(post|body)\s*\}\}/.test(condition.user)) {
    return wrong("user", "the post is missing; put {{post}} where it belongs")
  }
  return undefined
}

/**
 * The messages of one call. A placeholder inside a post stays as the person wrote it: each template is read
 * once and what is put in is not read again.
 */
export const renderCondition = (
  condition: Condition,
  post: Pick<Post, "title" | "body">,
  domain: string
): readonly Message[] => {
  const values: Record<Placeholder, string> = {
    post: postText(post),
    title: post.title,
    body: post.body,
    domain,
    min_words: String(condition.length?.min ?? ""),
    max_words: String(condition.length?.max ?? "")
  }
  const fill = (template: string) => template.replace(slot, (_, name: Placeholder) => values[name]).trim()
  const user: Message = { role: "user", content: fill(condition.user) }
  return condition.system === undefined ? [user] : [{ role: "system", content: fill(condition.system) }, user]
}
