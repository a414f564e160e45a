import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { emptyFolder, start } from "./warmline.ts"

const rows = "rater_id,post_id,model,empathy,relevance\n1,p1,a,4,5\n2,p1,a,9,4\n"

const inFolder = (name: string, body: (folder: string) => Effect.Effect<void>) =>
  it.live(name, () => Effect.scoped(Effect.flatMap(emptyFolder, body)))

describe("warmline import", () => {
  inFolder("suggests a map, shows what it would import, and keeps nothing", (folder) =>
    Effect.gen(function* () {
      writeFileSync(join(folder, "r.csv"), rows)
      const first = yield* start(folder, ["import", "ratings", "r.csv", "--suggest"])
      assert.include(first.stdout, "instrument: empathetic-dialogues")
      assert.include(first.stdout, "nothing was kept (--dry-run)")
      assert.strictEqual(first.code, 1, first.stderr)
      const again = yield* start(folder, ["import", "ratings", "r.csv", "--suggest"])
      assert.strictEqual(
        again.stderr.trim(),
        "warmline: r.csv.map.yaml: is there already; name another file with --map"
      )
      const list = yield* start(folder, ["list", "runs", "--json"])
      assert.notInclude(list.stdout, "empathetic")
    })
  )

  inFolder("reports in pure JSON, lists rejected rows and ends with 1 because of them", (folder) =>
    Effect.gen(function* () {
      writeFileSync(join(folder, "r.csv"), rows)
      yield* start(folder, ["import", "ratings", "r.csv", "--suggest"])
      const done = yield* start(folder, ["import", "ratings", "r.csv", "--map", "r.csv.map.yaml", "--json"])
      assert.strictEqual(done.code, 1)
      const report = JSON.parse(done.stdout) as {
        outcome: string
        rejected: string
        account: { rows: object }
      }
      assert.strictEqual(report.outcome, "imported")
      assert.deepStrictEqual(report.account.rows, {
        read: 2,
        imported: 2,
        duplicates: 0,
        rejected: 0,
        skipped: {}
      })
      assert.strictEqual(
        readFileSync(join(folder, report.rejected), "utf8").split("\n")[1],
        '3,empathy,9,"off the scale, which goes from 1 to 5"'
      )
      const checked = yield* start(folder, ["ratings", "check"])
      assert.include(checked.stdout, "2 people, 2 sittings, 3 ratings")
    })
  )

  inFolder("ends with 2 or 1 and one line where a file, a map or a run is not there", (folder) =>
    Effect.gen(function* () {
      const said = (args: readonly string[]) =>
        Effect.map(start(folder, ["import", ...args]), ({ code, stderr }) => `${code} ${stderr.trim()}`)
      assert.match(
        yield* said(["ratings", "none.csv"]),
        /^[12] warmline: none\.csv: no such file; check the path$/
      )
      writeFileSync(join(folder, "r.csv"), rows)
      assert.match(
        yield* said(["ratings", "r.csv"]),
        /^[12] warmline: r\.csv: no map is given, and there is no column post, /
      )
      assert.match(yield* said(["responses", "r.csv"]), /^[12] warmline: r\.csv: no map is given/)
      writeFileSync(join(folder, "m.yaml"), "rater: rater_id\nraters: x\n")
      assert.match(yield* said(["ratings", "r.csv", "--map", "m.yaml"]), /^[12] warmline: m\.yaml:/)
      assert.match(yield* said(["ratings", "r.csv", "--format", "excel"]), /no format is called excel/)
      assert.isFalse(existsSync(join(folder, "r.csv.rejected.csv")))
    })
  )
})
