/** The posts of a run while an import looks them up and, in a data set of its own, adds to them. */
import type { KnownPost } from "../store/ImportWriter.ts"
import { hashText } from "../study/Hash.ts"
import { type Post, postHash } from "../study/Post.ts"
import type { Words } from "./DataSet.ts"
import type { TextFacts } from "./mapping/textFacts.ts"
import { slug } from "./slug.ts"

/** A post of the run. */
export interface PostAt {
  readonly ordinal: number
  readonly suite: string
  readonly domain: string
  readonly id: string
  /** Of its words; of no words where nobody has brought them. */
  hash: string
  known: boolean
}

/** Posts that can be named by their ids alone, with the suite and domain they are of. */
export interface Library {
  readonly find: (suite: string, id: string) => readonly LibraryPost[]
  readonly names: readonly string[]
}

/** A post of a suite. */
export interface LibraryPost {
  readonly suite: string
  readonly domain: string
  readonly post: Post
}

/** Rows that are new, in the order of `ImportWriter.columns`. */
export interface NewPosts {
  post: (string | number | null)[][]
  run_post: (string | number | null)[][]
  /** Posts that have got their words now. */
  words: { readonly ordinal: number; readonly hash: string }[]
}

/** What an id looks like: one line, at most 200 characters. */
export const isId = (text: string): boolean => /^(?!\s)[^\p{Cc}\u2028\u2029]{1,200}$/u.test(text)

/** A word of a file in an error. */
export const shown = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)

const unstated = JSON.stringify({
  emotions: [],
  severity: "not stated",
  seeks: "not stated",
  fault: "not stated",
  crisis: "not stated"
})

const labelsOf = ({ emotions, severity, seeks, fault, crisis, contentNote }: Post): string =>
  JSON.stringify({ emotions, severity, seeks, fault, crisis, ...(contentNote ? { contentNote } : {}) })

const fresh = (): NewPosts => ({ post: [], run_post: [], words: [] })

export class Posts {
  readonly #run: string
  readonly #own: boolean
  readonly #name: string
  readonly #library: Library | undefined
  readonly #posts = new Map<string, PostAt>()
  readonly #byId = new Map<string, PostAt[]>()
  #fresh = fresh()
  created = 0

  constructor(options: {
    readonly run: string
    /** Whether posts can be added. */
    readonly own: boolean
    /** The suite of posts whose file names none. */
    readonly name: string
    readonly library: Library | undefined
    readonly posts: readonly KnownPost[]
  }) {
    this.#run = options.run
    this.#own = options.own
    this.#name = options.name
    this.#library = options.library
    for (const { post, ...rest } of options.posts) this.#add({ ...rest, id: post })
  }

  /** In order. */
  get all(): Iterable<Readonly<PostAt>> {
    return this.#posts.values()
  }

  /** New rows since the last call. */
  take(): NewPosts {
    const rows = this.#fresh
    this.#fresh = fresh()
    return rows
  }

  #add(post: PostAt): void {
    this.#posts.set(`${post.suite}\u0000${post.id}`, post)
    const others = this.#byId.get(post.id)
    if (others) others.push(post)
    else this.#byId.set(post.id, [post])
  }

  #put(
    suite: string,
    domain: string,
    id: string,
    words: Pick<Post, "title" | "body" | "language">,
    labels: string
  ) {
    const hash = postHash(words)
    const post: PostAt = { ordinal: this.#posts.size, suite, domain, id, hash, known: words.body !== "" }
    this.#add(post)
    this.#fresh.post.push([hash, words.title, words.body, words.language])
    this.#fresh.run_post.push([this.#run, post.ordinal, suite, domain, id, hash, labels])
    this.created++
    return post
  }

  /** The post of a row, made where it is new; a reason when there is none. */
  find(facts: TextFacts, words: Words): PostAt | string {
    const body = words.body ?? ""
    const id = facts.post || (body === "" ? "" : `post-${hashText(body).slice(0, 12)}`)
    if (id === "")
      return facts.response === "" ? "no post is named" : `no response ${shown(facts.response)} is known`
    if (!isId(id)) return "a post's id is one line of at most 200 characters"
    const suite = facts.suite || words.domain
    const alike = suite === "" ? (this.#byId.get(id) ?? []) : []
    if (alike.length > 1)
      return `post ${shown(id)} is in ${alike.map((post) => post.suite).join(" and ")}; map suite: too`
    const name = slug(suite, this.#name)
    const known = alike[0] ?? this.#posts.get(`${name}\u0000${id}`)
    const said = { title: words.title ?? "", body, language: words.language }
    if (known !== undefined) return this.#complete(known, said) ?? known
    if (!this.#own) return `the run has no post ${shown(id)}`
    if (body === "" && this.#library !== undefined) return this.#fromLibrary(this.#library, facts.suite, id)
    return this.#put(name, slug(words.domain, name), id, said, unstated)
  }

  #fromLibrary(library: Library, suite: string, id: string): PostAt | string {
    const found = library.find(suite, id)
    if (found.length > 1)
      return `post ${shown(id)} is in ${found.map((one) => one.suite).join(" and ")}; map suite: too`
    const [one] = found
    if (one === undefined)
      return `no post ${shown(id)} in ${suite || library.names.join(", ")}; correct it, or map body: to bring its words`
    return (
      this.#posts.get(`${one.suite}\u0000${id}`) ??
      this.#put(one.suite, one.domain, id, one.post, labelsOf(one.post))
    )
  }

  /** Gives a post its words where it had none; a reason when it has others. */
  #complete(post: PostAt, said: Pick<Post, "title" | "body" | "language">): string | undefined {
    if (!this.#own || said.body === "") return undefined
    const hash = postHash(said)
    if (hash === post.hash) return undefined
    if (post.known) return `post ${shown(post.id)} has another text than before`
    post.hash = hash
    post.known = true
    this.#fresh.post.push([hash, said.title, said.body, said.language])
    this.#fresh.words.push({ ordinal: post.ordinal, hash })
    return undefined
  }
}
