/**
 * Prompts of judges: Markdown files with the sections System, User and Again (put behind the question when an
 * answer could not be read). Values are put in as they are, once; a placeholder inside a response stays text.
 */
import { Effect, FileSystem, Path } from "effect"
import { FileError } from "../catalog/FileError.ts"
import { packageFolder } from "../catalog/packageFolder.ts"
import { hashJson } from "../study/Hash.ts"
import type { ContentHash } from "../study/Ids.ts"

/** A prompt file taken apart. */
export interface JudgePrompt {
  /** The file's name without its ending. */
  readonly name: string
  readonly system: string
  readonly user: string
  readonly again: string
  /** Of the three texts. */
  readonly hash: ContentHash
}

/** The placeholders of a kind of prompt: those it must use, and those it may. */
export interface PromptKind {
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

/** Rubric judging: one response. */
export const rubric: PromptKind = {
  required: ["marker", "post", "response", "questions", "answer"],
  optional: ["instructions", "exemplars"]
}

/** Pairwise judging: two responses to one post. */
export const pairwise: PromptKind = {
  required: ["marker", "post", "first", "second", "questions", "answer"],
  optional: ["instructions"]
}

const slot = /\{\{\s*([^{}]*?)\s*\}\}/g

/** Reads a prompt's text; `file` is only used in messages. */
export const parsePrompt = (
  text: string,
  file: string,
  kind: PromptKind
): Effect.Effect<JudgePrompt, FileError> => {
  const wrong = (reason: string, mend: string) => Effect.fail(new FileError({ place: file, reason, mend }))
  const sections = new Map<string, string>()
  for (const part of text.replaceAll("\r\n", "\n").split(/^# /m).slice(1)) {
    const [heading = "", ...lines] = part.split("\n")
    sections.set(heading.trim().toLowerCase(), lines.join("\n").trim())
  }
  for (const name of ["system", "user", "again"]) {
    if ((sections.get(name) ?? "") === "") {
      return wrong(`the section "${name}" is missing`, "write # System, # User and # Again, each with a text")
    }
  }
  const [system, user, again] = [sections.get("system")!, sections.get("user")!, sections.get("again")!]
  const used = new Set([...`${system}\n${user}`.matchAll(slot)].map((match) => match[1]!))
  const known = [...kind.required, ...kind.optional]
  const unknown = [...used].find((name) => !known.includes(name))
  if (unknown !== undefined) {
    return wrong(`unknown placeholder {{${unknown}}}`, `known are ${known.join(", ")}`)
  }
  const missing = kind.required.find((name) => !used.has(name))
  if (missing !== undefined) return wrong(`{{${missing}}} is missing`, "put it where it belongs")
  const name = file.replace(/^.*[\\/]/, "").replace(/\.md$/, "")
  return Effect.succeed({ name, system, user, again, hash: hashJson({ system, user, again }) })
}

/** Puts values into a template, each slot once; lines left empty by an empty value close up. */
export const fillPrompt = (template: string, values: Readonly<Record<string, string>>): string => {
  const kept = template
    .split("\n\n")
    .filter((block) => {
      const only = /^\{\{\s*([^{}]*?)\s*\}\}$/.exec(block.trim())
      return only === null || values[only[1]!] !== ""
    })
    .join("\n\n")
  return kept.replace(slot, (_, name: string) => values[name] ?? "")
}

/** Reads a prompt by path, or one of the package by name (`rubric`, `pairwise`). */
export const readPrompt = Effect.fn("Judge.readPrompt")(function* (
  nameOrFile: string,
  folder: string,
  kind: PromptKind
) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const file = /[\\/]|\.md$/.test(nameOrFile)
    ? path.resolve(folder, nameOrFile)
    : path.join(packageFolder, "benchmarks", "judges", `${nameOrFile}.md`)
  const text = yield* fs.readFileString(file).pipe(
    Effect.mapError(
      () =>
        new FileError({
          place: nameOrFile,
          reason: "no such judge prompt",
          mend: "name a Markdown file, or rubric or pairwise, which are shipped"
        })
    )
  )
  return yield* parsePrompt(text, file, kind)
})
