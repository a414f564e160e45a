/**
 * The texts of a run while an import looks them up and adds to them. Everything is in memory and synchronous: what
 * is new is collected and written in batches. A run that the harness generated is only looked up; a data set that
 * came by import grows with its files.
 */
import type { KnownPost, KnownResponse } from "../store/ImportWriter.ts"
import { type Hashable, hashJson, hashText } from "../study/Hash.ts"
import { postHash } from "../study/Post.ts"
import { type Outcome, wordCount } from "../study/Response.ts"
import type { SourceKind } from "../study/Source.ts"
import type { TextFacts } from "./mapping/ratingReader.ts"
import { slug } from "./slug.ts"

/** What a row says of a text's words and of its post; `undefined` where the file has no such column. */
export interface Words {
  readonly text: string | undefined
  readonly kind: SourceKind
  readonly body: string | undefined
  readonly title: string | undefined
  readonly domain: string
  readonly language: string
}

/** A text of the run. */
export interface TextAt {
  readonly callId: number
  /** Counts the run's texts from 0 in the order in which the import met them. */
  readonly index: number
}

/** Rows that are new, in the order of `ImportWriter.columns`. */
export interface NewRows {
  post: (string | number | null)[][]
  run_post: (string | number | null)[][]
  call: (string | number | null)[][]
  response: (string | number | null)[][]
  response_name: (string | number | null)[][]
}

/** A text that only ratings knew of until now. */
export interface FilledText {
  readonly callId: number
  readonly text: string
  readonly words: number
  readonly author: SourceKind
}

const id = /^(?!\s)[^\p{Cc}\u2028\u2029]{1,200}$/u
/** The condition of texts whose file names none. */
export const asRecorded = "as-recorded"

interface Post {
  readonly ordinal: number
  readonly suite: string
  readonly domain: string
  readonly id: string
  hash: string
}

interface Slot {
  readonly at: TextAt
  /** Of the text; empty while nobody has brought one. */
  hash: string
}

const shown = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)

export class DataSet {
  readonly #run: string
  readonly #own: boolean
  readonly #name: string
  readonly #now: string
  readonly #posts = new Map<string, Post>()
  readonly #byPost = new Map<string, Post[]>()
  readonly #slots = new Map<string, Slot>()
  readonly #epochs = new Map<string, number>()
  readonly #names: Map<string, Slot>
  readonly #byCall = new Map<number, Slot>()
  readonly sources = new Map<string, SourceKind>()
  readonly conditions = new Set<string>()
  #texts = 0
  #lastCall: number
  #fresh: NewRows = { post: [], run_post: [], call: [], response: [], response_name: [] }
  #filled: FilledText[] = []
  created = { posts: 0, responses: 0 }

  constructor(options: {
    readonly run: string
    /** Whether the run came by import and may grow. */
    readonly own: boolean
    readonly name: string
    readonly now: string
    readonly lastCall: number
    readonly posts: readonly (KnownPost & { readonly domain: string })[]
    readonly sources: ReadonlyMap<string, SourceKind>
    readonly conditions: readonly string[]
  }) {
    this.#run = options.run
    this.#own = options.own
    this.#name = options.name
    this.#now = options.now
    this.#lastCall = options.lastCall
    this.#names = new Map()
    for (const { ordinal, suite, domain, post, hash } of options.posts)
      this.#addPost({ ordinal, suite, domain, id: post, hash })
    for (const [source, kind] of options.sources) this.sources.set(source, kind)
    for (const condition of options.conditions) this.conditions.add(condition)
  }

  /** Puts a response in that the run has. */
  known({ callId, ordinal, source, condition, epoch, outcome, text }: KnownResponse): void {
    const hash = this.#own && outcome !== "no_text" ? hashText(text) : ""
    this.#addSlot(ordinal, source, condition, epoch, callId, hash)
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

  /** Posts with their hashes, by suite, in order. */
  get posts(): Iterable<Readonly<Post>> {
    return this.#posts.values()
  }

  #addPost(post: Post): void {
    this.#posts.set(`${post.suite}\u0000${post.id}`, post)
    const others = this.#byPost.get(post.id)
    if (others) others.push(post)
    else this.#byPost.set(post.id, [post])
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
  take(): { readonly rows: NewRows; readonly filled: readonly FilledText[] } {
    const rows = this.#fresh
    const filled = this.#filled
    this.#fresh = { post: [], run_post: [], call: [], response: [], response_name: [] }
    this.#filled = []
    return { rows, filled }
  }

  #post(facts: TextFacts, words: Words): Post | string {
    const body = words.body ?? ""
    const title = words.title ?? ""
    const wanted = facts.post || (body === "" ? "" : `post-${hashText(body).slice(0, 12)}`)
    if (wanted === "")
      return facts.response === "" ? "no post is named" : `no response ${shown(facts.response)} is known`
    if (!id.test(wanted)) return "a post's id is one line of at most 200 characters"
    const suite = facts.suite || words.domain
    const found = suite === "" ? this.#byPost.get(wanted) : undefined
    if (found !== undefined && found.length > 1)
      return `post ${shown(wanted)} is in ${found.map((post) => post.suite).join(" and ")}; map suite: too`
    const name = slug(suite, this.#name)
    const known = found?.[0] ?? this.#posts.get(`${name}\u0000${wanted}`)
    if (known === undefined) {
      if (!this.#own) return `the run has no post ${shown(wanted)}`
      const post: Post = {
        ordinal: this.#posts.size,
        suite: name,
        domain: slug(words.domain, name),
        id: wanted,
        hash: postHash({ title, body, language: words.language })
      }
      this.#addPost(post)
      this.#fresh.post.push([post.hash, title, body, words.language])
      this.#fresh.run_post.push([
        this.#run,
        post.ordinal,
        post.suite,
        post.domain,
        post.id,
        post.hash,
        unstated
      ])
      this.created.posts++
      return post
    }
    if (this.#own && body !== "" && known.hash !== postHash({ title, body, language: words.language }))
      return `post ${shown(wanted)} has another text than before`
    return known
  }

  /** Finds the text that a row is about, or adds it; a reason when it can be neither. */
  find(facts: TextFacts, words: Words): TextAt | string {
    const named = facts.response === "" ? undefined : this.#names.get(facts.response)
    if (named !== undefined) return this.#filledWith(named, words) ?? named.at
    const post = this.#post(facts, words)
    if (typeof post === "string") return post
    const { source } = facts
    if (source === "") return "no source is named (who wrote the response)"
    if (!id.test(source)) return "a source's name is one line of at most 200 characters"
    const condition =
      facts.condition === ""
        ? this.conditions.size === 1
          ? [...this.conditions][0]!
          : this.#own
            ? asRecorded
            : "?"
        : slug(facts.condition, asRecorded)
    if (condition === "?")
      return `the run has several conditions (${[...this.conditions].join(", ")}); map condition:`
    const base = `${post.ordinal}\u0000${source}\u0000${condition}`
    const epoch = this.#epochOf(facts, base)
    if (typeof epoch === "string") return epoch
    const slot = this.#slots.get(`${base}\u0000${epoch}`)
    if (slot !== undefined) {
      this.#nameIt(facts.response, slot)
      return this.#filledWith(slot, words) ?? slot.at
    }
    if (!this.#own) {
      return this.sources.has(source)
        ? `the run has no answer of ${shown(source)} to post ${shown(post.id)} under ${condition}, epoch ${epoch}`
        : `the run has no source ${shown(source)} (it has ${[...this.sources.keys()].join(", ")})`
    }
    return this.#create(post, source, condition, epoch, facts.response, words)
  }

  #epochOf(facts: TextFacts, base: string): number | string {
    // Several responses with ids of their own, of one source to one post, are its repeated answers.
    if (facts.epoch === "") return facts.response === "" ? 1 : (this.#epochs.get(base) ?? 0) + 1
    return /^[1-9]\d{0,5}$/.test(facts.epoch)
      ? Number(facts.epoch)
      : `${shown(facts.epoch)} is no epoch (1, 2 …)`
  }

  #nameIt(name: string, slot: Slot): void {
    if (name === "" || this.#names.has(name)) return
    this.#names.set(name, slot)
    this.#fresh.response_name.push([this.#run, name, slot.at.callId])
  }

  /** Gives a text to a response that had none; a reason when it has another one. */
  #filledWith(slot: Slot, { text, kind }: Words): string | undefined {
    if (text === undefined || text === "" || !this.#own) return undefined
    const hash = hashText(text)
    if (slot.hash === hash) return undefined
    if (slot.hash !== "")
      return "the same source's response to this post has another text before; map epoch: or response: to tell them apart"
    slot.hash = hash
    this.#filled.push({ callId: slot.at.callId, text, words: wordCount(text), author: kind })
    return undefined
  }

  #create(post: Post, source: string, condition: string, epoch: number, name: string, words: Words): TextAt {
    const text = words.text ?? ""
    const outcome: Outcome = words.text === undefined ? "no_text" : text === "" ? "empty" : "ok"
    const callId = ++this.#lastCall
    const about = { import: this.#run, post: post.id, suite: post.suite, source, condition, epoch }
    this.#fresh.call.push([
      callId,
      hashJson(about as unknown as Hashable),
      1,
      "import",
      "1",
      source,
      0,
      epoch,
      outcome,
      text,
      wordCount(text),
      words.kind,
      "{}",
      1,
      0,
      this.#now
    ])
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
    if (!this.sources.has(source)) this.sources.set(source, words.kind)
    this.conditions.add(condition)
    this.created.responses++
    return slot.at
  }
}

const unstated = JSON.stringify({
  emotions: [],
  severity: "not stated",
  seeks: "not stated",
  fault: "not stated",
  crisis: "not stated"
})
