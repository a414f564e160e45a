/** A suite's folder: `suite.yaml`, and for large suites a JSONL file of posts beside it that is streamed. */
import { Array as Arr, Effect, FileSystem, Path, Result, Schema, Stream } from "effect"
import type { SuiteName } from "../study/Ids.ts"
import { Post } from "../study/Post.ts"
import { SuiteFile, SuiteHeader } from "../study/Suite.ts"
import { FileError } from "./FileError.ts"
import { readYaml } from "./YamlFile.ts"

/** A suite that is open for reading; `posts` can be run more than once. */
export interface SuiteFolder {
  readonly folder: string
  readonly header: SuiteHeader
  readonly domain: SuiteName
  /** Posts in file order. Fails on the first line that is not a post. */
  readonly posts: Stream.Stream<Post, FileError>
}

const decodeLine = Schema.decodeUnknownResult(Schema.fromJsonString(Post), { onExcessProperty: "error" })

/** Streams a JSONL file of posts; memory does not depend on its length. */
const streamPosts = (fs: FileSystem.FileSystem, file: string): Stream.Stream<Post, FileError> =>
  fs.stream(file).pipe(
    Stream.mapError(
      (error) =>
        new FileError({
          place: file,
          reason: `cannot be read (${error.reason._tag})`,
          mend: "check postsFile in suite.yaml"
        })
    ),
    Stream.decodeText,
    Stream.splitLines,
    Stream.zipWithIndex,
    Stream.filter(([line]) => line.trim() !== ""),
    // Chunk by chunk: an effect for each line would cost more than reading it.
    Stream.mapArrayEffect((lines) => {
      const decoded = Arr.map(lines, ([line, index]) => ({ index, post: decodeLine(line) }))
      const wrong = decoded.find(({ post }) => Result.isFailure(post))
      return wrong !== undefined && Result.isFailure(wrong.post)
        ? Effect.fail(
            new FileError({
              place: `${file}:${wrong.index + 1}`,
              reason: `not a post: ${wrong.post.failure.message.replaceAll("\n", " ")}`,
              mend: "correct that line"
            })
          )
        : Effect.succeed(Arr.map(decoded, ({ post }) => Result.getOrThrow(post)))
    })
  )

/** Opens the suite in `folder`. */
export const openSuite = Effect.fn("Catalog.openSuite")(function* (folder: string) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const file = path.join(folder, "suite.yaml")
  const suite = yield* readYaml(
    SuiteFile,
    file,
    "name a suite of `warmline list suites` or a folder with a suite.yaml"
  )
  const { posts, ...fields } = suite
  const header = new SuiteHeader(fields)
  const wrong = (reason: string, mend: string) => new FileError({ place: file, reason, mend })
  if (suite.postsFile === undefined) {
    if (posts.length === 0) return yield* wrong("has no posts", "add posts: or postsFile:")
    return {
      folder,
      header,
      domain: suite.domain ?? suite.name,
      posts: Stream.fromIterable(posts)
    } satisfies SuiteFolder
  }
  if (posts.length > 0) return yield* wrong("has both posts and postsFile", "keep one of them")
  // A name, never a path: a suite from elsewhere must not read files outside its folder.
  if (suite.postsFile !== path.basename(suite.postsFile)) {
    return yield* wrong(`postsFile ${suite.postsFile} is a path`, "name a file in the suite's own folder")
  }
  return {
    folder,
    header,
    domain: suite.domain ?? suite.name,
    posts: streamPosts(fs, path.join(folder, suite.postsFile))
  } satisfies SuiteFolder
})
