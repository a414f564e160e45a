/**
 * Packs what would be published, installs it in an empty folder and uses it there: the command answers, the
 * module exports `definePlugin`, its types are found. `package.json` of the package is made from this one,
 * without the Node that a checkout brings along.
 */
import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const run = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>
const version = String(manifest.version)

const staging = mkdtempSync(join(tmpdir(), "warmline-pack-"))
try {
  run(process.execPath, [join(root, "scripts/build.ts")], root)
  run(join(root, "node_modules/.bin/tsc"), ["-p", "tsconfig.types.json"], root)
  const folder = join(staging, "package")
  mkdirSync(folder)
  for (const name of [...(manifest.files as string[]), "README.md", "LICENSE"]) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  const { scripts: _, devDependencies: __, optionalDependencies: ___, ...published } = manifest
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(published, null, 2)}\n`)
  process.stdout.write(run(join(root, "node_modules/.bin/publint"), ["run", folder, "--strict"], root))
  const tarball = run("npm", ["pack", "--silent", "--pack-destination", staging], folder).trim()
  const user = join(staging, "user")
  mkdirSync(user)
  writeFileSync(join(user, "package.json"), '{ "name": "user", "private": true, "type": "module" }')
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", join(staging, tarball)], user)
  const said = run(
    process.execPath,
    [join(user, "node_modules/warmline/dist/bin.js"), "--version"],
    user
  ).trim()
  if (said !== version) throw new Error(`the installed command says ${said}, not ${version}`)
  writeFileSync(
    join(user, "plugin.ts"),
    `import { definePlugin } from "warmline"\nexport default definePlugin({ name: "mine", generate: async ({ messages }) => \`I hear you (\${messages.length}).\` })\n`
  )
  const tsc = [
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2024",
    "--skipLibCheck",
    "plugin.ts"
  ]
  run(join(root, "node_modules/.bin/tsc"), tsc, user)
  const result = run(
    process.execPath,
    [
      join(user, "node_modules/warmline/dist/bin.js"),
      "run",
      "--model",
      "./plugin.ts",
      "--limit",
      "5",
      "--json",
      "--display",
      "none"
    ],
    user
  )
  const { answered, planned } = JSON.parse(result) as { answered: number; planned: number }
  if (answered !== planned || answered === 0)
    throw new Error(`the installed package answered ${answered} of ${planned}`)
  console.log(
    `package ${version}: installs, runs ${answered} answers with a plugin of its user's, types found`
  )
} finally {
  rmSync(staging, { recursive: true, force: true })
}
