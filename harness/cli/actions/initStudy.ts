/** `warmline init`: files that run as they are and say where to change them. */
import { Effect, FileSystem, Path } from "effect"
import { FileError } from "../../catalog/FileError.ts"
import type { InitOptions } from "../commands/init.ts"

const study = `# Run it:  npx warmline run study.yaml
name: my-study
title: My model beside the embedded controls
seed: 1
suites: [parenting, my-posts]
conditions: [base]
sources:
  - ./my-model.ts
  - reflective
  - dismissive
raters: [lexical]
instruments: [perceived-empathy]
`

const plugin = `import { definePlugin } from "warmline"

/** Replace the body of \`generate\` with a call to your model; return its text. */
export default definePlugin({
  name: "my-model",
  generate: async ({ messages, seed, signal }) => {
    const post = messages[messages.length - 1].content
    return \`Thank you for telling us. What you say about "\${post.split(/[.!?\\n]/)[0]}" sounds hard. What weighs on you most?\`
  }
})
`

const suite = `name: my-posts
title: My posts
provenance: Who wrote these posts, and for what. Shown in every leaderboard that uses them.
licence: MIT
posts:
  - id: my-posts-01
    title: the quiet flat
    emotions: [loneliness, sadness]
    severity: mild
    seeks: venting
    fault: none
    crisis: false
    body: |
      My brother moved out on Sunday. We shared this flat for six years and I complained about him for five of them: the
      wet towels, the bike in the hall, the dog hair in everything I own. Now the bike is gone and the dog is gone and I
      keep the radio on so that there is somebody talking. I am thirty-four. I have friends, I have a job, I am not ill.
      Yesterday I cooked for two without thinking and then ate both plates standing at the sink so that I would not have to
      look at the other chair. I have not told him. He is so happy about the new place.
`

const files = (path: Path.Path, folder: string) => [
  [path.join(folder, "study.yaml"), study] as const,
  [path.join(folder, "my-model.ts"), plugin] as const,
  [path.join(folder, "suites", "my-posts", "suite.yaml"), suite] as const
]

/** Writes the three files; refuses to touch one that is there. */
export const initStudy = Effect.fn("Cli.init")(function* (given: InitOptions) {
  const fs = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const planned = files(path, given.folder)
  for (const [file] of planned) {
    if (yield* Effect.orElseSucceed(fs.exists(file), () => false)) {
      return yield* new FileError({ place: file, reason: "is there already", mend: "name another folder" })
    }
  }
  yield* Effect.forEach(planned, ([file, text]) =>
    fs.makeDirectory(path.dirname(file), { recursive: true }).pipe(
      Effect.andThen(fs.writeFileString(file, text)),
      Effect.mapError(
        (error) =>
          new FileError({
            place: file,
            reason: `cannot be written (${error.reason._tag})`,
            mend: "name another folder"
          })
      )
    )
  )
  const into = given.folder === "." ? "" : `  cd ${given.folder}\n`
  yield* Effect.sync(() =>
    process.stdout.write(
      `Written: ${planned.map(([file]) => file).join(", ")}\n\nNext:\n${into}  npx warmline run study.yaml\n  npx warmline plugin check ./my-model.ts\n`
    )
  )
})
