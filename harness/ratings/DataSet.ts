/**
 * The texts of a run while an import looks them up and adds to them. Everything is in memory and synchronous: what
 * is new is collected and written in batches. A run that the harness generated is only looked up; a data set that
 * came by import grows with its files.
 */
import type { KnownPost, KnownResponse } from "../store/ImportWriter.ts"
import { hashJson, hashText } from "../study/Hash.ts"
import { type Outcome, wordCount } from "../study/Response.ts"
import type { SourceKind } from "../study/Source.ts"
import { importPlugin } from "./importedRun.ts"
import type { TextFacts } from "./mapping/textFacts.ts"
import { isId, type Library, type NewPosts, type PostAt, Posts, shown } from "./Posts.ts"
import { slug } from "./slug.ts"

/** What a row says of a text's words and of its post; `undefined` where the file does not say. */
export interface Words {
  readonly text: string | undefined
  readonly kind: SourceKind | undefined
  readonly body: string | undefined
  readonly title: string | undefined
  /** Empty where the file does not say. */
  readonly domain: string
  readonly language: string
}

/** A text of the run. */
export interface TextAt {
  readonly callId: number
  /** Counts the run's texts from 0 in the order in which the import met them. */
  readonly index: number
}

type Rows = (string | number | null)[][]

/** Rows that are new, in the order of `ImportWriter.columns`. */
export interface NewTexts {
  call: Rows
  response: Rows
  response_name: Rows
}

/** A text that only ratings knew of until now. */
export interface FilledText {
  readonly callId: number
  readonly text: string
  readonly words: number
  readonly author: SourceKind
}

/** The condition of texts whose file names none. */
export const asRecorded = "as-recorded"

interface Slot {
  readonly at: TextAt
  /** Of the text; empty while nobody has brought one. */
  hash: string
}

const fresh = (): NewTexts => ({ call: [], response: [], response_name: [] })

export class DataSet {
  readonly #run: string
  readonly #own: boolean
  readonly #now: string
  readonly posts: Posts
  readonly #slots = new Map<string, Slot>()
  readonly #epochs = new Map<string, number>()
  readonly #names = new Map<string, Slot>()
  readonly #byCall = new Map<number, Slot>()
  readonly sources: Map<string, SourceKind>
  readonly conditions: Set<string>
  /** Sources with at least one text. */
  readonly #written = new Set<string>()
  #texts = 0
  #lastCall: number
  #fresh = fresh()
  #filled: FilledText[] = []
  created = 0
  filled = 0

  constructor(options: {
    readonly run: string
    /** Whether the run came by import and may grow. */
    readonly own: boolean
    readonly name: string
    readonly now: string
    readonly lastCall: number
    readonly library?: Library | undefined
    readonly posts: readonly KnownPost[]
    readonly sources: ReadonlyMap<string, SourceKind>
    readonly conditions: readonly string[]
  }) {
    const { run, own, name, library, posts } = options
    this.#run = run
    this.#own = own
    this.#now = options.now
    this.#lastCall = options.lastCall
    this.posts = new Posts({ run, own, name, library, posts })
    this.sources = new Map(options.sources)
    this.conditions = new Set(options.conditions)
  }

  /** Puts a response in that the run has. */
  known({ callId, ordinal, source, condition, epoch, outcome, text }: KnownResponse): void {
    const hash = this.#own && outcome !== "no_text" ? hashText(text) : ""
    this.#addSlot(ordinal, source, condition, epoch, callId, hash)
    if (outcome !== "no_text") this.#written.add(source)
  }

  /** Puts the name of a response in that an earlier file gave. */
  named(name: string, callId: number): void {
    const slot = this.#byCall.get(callId)
    if (slot !== undefined) this.#names.set(name, slot)
  }

  /** The most repeated answers of one source to one post. */
  get epochs(): number {
    let most = 1
    for (const epoch of this.#epochs.values()) most = Math.max(most, epoch)
    return most
  }

  /** How many texts the import knows of. */
  get texts(): number {
    return this.#texts
  }

  /** The text of a call. */
  ofCall(callId: number): TextAt | undefined {
    return this.#byCall.get(callId)?.at
  }

  #addSlot(
    ordinal: number,
    source: string,
    condition: string,
    epoch: number,
    callId: number,
    hash: string
  ): Slot {
    const slot: Slot = { at: { callId, index: this.#texts++ }, hash }
    const base = `${ordinal}\u0000${source}\u0000${condition}`
    this.#slots.set(`${base}\u0000${epoch}`, slot)
    this.#epochs.set(base, Math.max(epoch, this.#epochs.get(base) ?? 0))
    this.#byCall.set(callId, slot)
    return slot
  }

  /** New rows since the last call. */
  take(): { readonly posts: NewPosts; readonly texts: NewTexts; readonly filled: readonly FilledText[] } {
    const taken = { posts: this.posts.take(), texts: this.#fresh, filled: this.#filled }
    this.#fresh = fresh()
    this.#filled = []
    return taken
  }

  /** Finds the text that a row is about, or adds it; a reason when it can be neither. */
  find(facts: TextFacts, words: Words): TextAt | string {
    const named = facts.response === "" ? undefined : this.#names.get(facts.response)
    if (named !== undefined) return this.#fill(named, facts.source, words) ?? named.at
    const { source } = facts
    if (source === "" && facts.response !== "" && facts.post === "" && words.body === undefined)
      return `no response ${shown(facts.response)} is known`
    if (source === "") return "no source is named (who wrote the response)"
    if (!isId(source)) return "a source's name is one line of at most 200 characters"
    const condition = this.#conditionOf(facts.condition)
    if (condition === undefined)
      return `the run has several conditions (${[...this.conditions].join(", ")}); map condition:`
    if (facts.epoch !== "" && !/^[1-9]\d{0,5}$/.test(facts.epoch))
      return `${shown(facts.epoch)} is no epoch (1, 2 …)`
    const before = this.sources.get(source)
    const kind = words.kind ?? before ?? "model"
    if (before !== undefined && before !== kind && words.text !== undefined && this.#written.has(source))
      return `source ${shown(source)} is ${before} elsewhere and ${kind} here`
    const post = this.posts.find(facts, words)
    if (typeof post === "string") return post
    const base = `${post.ordinal}\u0000${source}\u0000${condition}`
    const epoch = this.#epochOf(facts, base)
    const slot = this.#slots.get(`${base}\u0000${epoch}`)
    if (slot !== undefined) {
      this.#nameIt(facts.response, slot)
      return this.#fill(slot, source, words) ?? slot.at
    }
    if (this.#own) return this.#create(post, { source, condition, epoch, kind }, facts.response, words)
    return this.sources.has(source)
      ? `the run has no answer of ${shown(source)} to post ${shown(post.id)} under ${condition}, epoch ${epoch}`
      : `the run has no source ${shown(source)} (it has ${[...this.sources.keys()].join(", ")})`
  }

  /** The only condition there is, where the file names none; `undefined` where that is not clear. */
  #conditionOf(said: string): string | undefined {
    if (said !== "") return slug(said, asRecorded)
    if (this.conditions.size === 1) return [...this.conditions][0]
    return this.#own ? asRecorded : undefined
  }

  #epochOf(facts: TextFacts, base: string): number {
    if (facts.epoch !== "") return Number(facts.epoch)
    // Several responses with ids of their own, of one source to one post, are its repeated answers.
    return facts.response === "" ? 1 : (this.#epochs.get(base) ?? 0) + 1
  }

  #nameIt(name: string, slot: Slot): void {
    if (name === "" || this.#names.has(name)) return
    this.#names.set(name, slot)
    this.#fresh.response_name.push([this.#run, name, slot.at.callId])
  }

  /** Gives a text to a response that had none; a reason when it has another one. */
  #fill(slot: Slot, source: string, { text, kind }: Words): string | undefined {
    if (text === undefined || text === "" || !this.#own) return undefined
    const hash = hashText(text)
    if (slot.hash === hash) return undefined
    if (slot.hash !== "")
      return "the same source's response to this post has another text before; map epoch: or response: to tell them apart"
    slot.hash = hash
    const author = kind ?? this.sources.get(source) ?? "model"
    if (source !== "") this.#know(source, author, true)
    this.#filled.push({ callId: slot.at.callId, text, words: wordCount(text), author })
    this.filled++
    return undefined
  }

  #create(
    post: PostAt,
    of: {
      readonly source: string
      readonly condition: string
      readonly epoch: number
      readonly kind: SourceKind
    },
    name: string,
    words: Words
  ): TextAt {
    const { source, condition, epoch, kind } = of
    const text = words.text ?? ""
    const outcome: Outcome = words.text === undefined ? "no_text" : text === "" ? "empty" : "ok"
    const callId = ++this.#lastCall
    const key = hashJson({ import: this.#run, post: post.id, suite: post.suite, source, condition, epoch })
    this.#fresh.call.push(
      // plugin, version, model, seed, …: as `ImportWriter.columns` has them.
      [
        callId,
        key,
        1,
        importPlugin,
        "1",
        source,
        0,
        epoch,
        outcome,
        text,
        wordCount(text),
        kind,
        "{}",
        1,
        0,
        this.#now
      ]
    )
    this.#fresh.response.push([this.#run, post.ordinal, source, condition, epoch, callId])
    const slot = this.#addSlot(
      post.ordinal,
      source,
      condition,
      epoch,
      callId,
      text === "" ? "" : hashText(text)
    )
    this.#nameIt(name, slot)
    this.#know(source, kind, words.text !== undefined)
    this.conditions.add(condition)
    this.created++
    return slot.at
  }

  /** What kind of writer a source is, is only known from its texts. */
  #know(source: string, kind: SourceKind, byText: boolean): void {
    if (byText || !this.sources.has(source)) this.sources.set(source, kind)
    if (byText) this.#written.add(source)
  }
}
