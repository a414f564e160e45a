/** The map of `warmline suite import`: where in a foreign file the parts of a post stand. */
import { Effect, Schema } from "effect"
import { SuiteName } from "../study/Ids.ts"

/** A JSON path (RFC 9535, starting with `$`) within one item, or the plain name of a column or key. */
const Place = Schema.NonEmptyString

/** The map file. Only `id` and `body` are required; what is not mapped is "not stated". */
export class SuiteMap extends Schema.Class<SuiteMap>("warmline/SuiteMap")({
  name: SuiteName,
  title: Schema.NonEmptyString,
  /** Who collected the posts, from whom, where they are published. */
  provenance: Schema.NonEmptyString,
  licence: Schema.NonEmptyString.pipe(Schema.withDecodingDefaultKey(Effect.succeed("not stated"))),
  domain: Schema.optionalKey(SuiteName),
  /** Where the items are in a JSON file, one path or several; a JSONL or CSV file has one item a row. */
  items: Schema.Union([Place, Schema.NonEmptyArray(Place)]).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed("$[*]"))
  ),
  fields: Schema.Struct({
    id: Place,
    body: Place,
    title: Schema.optionalKey(Place),
    language: Schema.optionalKey(Place),
    emotions: Schema.optionalKey(Place),
    severity: Schema.optionalKey(Place),
    seeks: Schema.optionalKey(Place),
    fault: Schema.optionalKey(Place),
    crisis: Schema.optionalKey(Place),
    contentNote: Schema.optionalKey(Place)
  })
}) {}
