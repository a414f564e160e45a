/** Parses the command line, runs the command, turns whatever happened into words and an exit code. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Cause, Effect, Exit, type Runtime } from "effect"
import { CliError, CliOutput, Command } from "effect/cli"
import { codes, ExitWith } from "./ExitWith.ts"
import { root } from "./root.ts"
import * as telemetry from "./telemetry.ts"

/** Errors that mean the command, a file or a name was wrong, rather than that the work failed. */
const usage = new Set(["FileError", "RunError", "PluginError"])

const wantsDetail = () => /--log-level[= ](all|trace|debug)\b/.test(process.argv.join(" "))

const wantsJsonLogs = () => /--log-format[= ]json\b/.test(process.argv.join(" "))

const say = (line: string) => process.stderr.write(`warmline: ${line}\n`)

/** One wrong word on the command line is one line, not the whole help. */
const presenter: CliOutput.Presenter = {
  present: (event) =>
    event._tag === "InvalidInvocation"
      ? Effect.sync(() => {
          const messages = event.errors.map((error) => error.message.replaceAll(/\s+/g, " ").trim())
          say(`${messages.join("; ")}; see ${event.commandPath.join(" ")} --help`)
        })
      : CliOutput.defaultPresenter.present(event)
}

const codeOf = (cause: Cause.Cause<unknown>): number => {
  if (Cause.hasInterruptsOnly(cause)) return 130
  const error = Cause.squash(cause)
  if (error instanceof ExitWith) return error.code
  const tag = typeof error === "object" && error !== null && "_tag" in error ? String(error._tag) : ""
  if (CliError.isCliError(error)) {
    // Help that was asked for by naming a group alone is no mistake.
    return error._tag === "ShowHelp" && error.errors.length === 0 ? 0 : codes.usage
  }
  if (wantsDetail()) process.stderr.write(`${Cause.pretty(cause)}\n`)
  if (Cause.hasDies(cause)) {
    say(
      `internal error: ${error instanceof Error ? error.message : String(error)}; --log-level debug shows where`
    )
    return codes.failed
  }
  say(error instanceof Error ? error.message : String(error))
  return usage.has(tag) ? codes.usage : codes.failed
}

const teardown: Runtime.Teardown = (exit, onExit) => {
  const code = Exit.isSuccess(exit) ? 0 : codeOf(exit.cause)
  process.exitCode = code
  onExit(code)
}

/** Runs the command line of this process. */
export const main = (version: string): void =>
  Command.run(root, { version }).pipe(
    Effect.provide(CliOutput.layerPresenter(presenter)),
    Effect.provide(telemetry.spans),
    Effect.provide(telemetry.logs(wantsJsonLogs())),
    Effect.provide(NodeServices.layer),
    NodeRuntime.runMain({ disableErrorReporting: true, teardown })
  )
