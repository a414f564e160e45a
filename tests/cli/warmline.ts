/** Runs the real command from its sources, in a process and a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"

/** The command as the sources have it. */
export const sources = fileURLToPath(new URL("../../harness/cli/bin.ts", import.meta.url))

/** What a command said and how it ended. */
export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** An empty folder that is gone when the scope closes. */
export const emptyFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "warmline-cli-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/** Starts the command; the process is handed to `use` as soon as it runs. */
export const start = (
  folder: string,
  args: readonly string[],
  use: (child: ChildProcess) => void = () => {},
  env: Record<string, string> = {},
  bin: string = sources
): Effect.Effect<Finished> =>
  Effect.callback<Finished>((resume) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"]
    })
    let stdout = ""
    let stderr = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
    child.on("close", (code, signal) => resume(Effect.succeed({ code, signal, stdout, stderr })))
    use(child)
    return Effect.sync(() => child.kill("SIGKILL"))
  })
