/**
 * The models that rank sources, by name, built from columns.
 *
 * `paper`: rating ~ source + (1|rater) + (1|post), the replication. `response` adds (1|post:source), the text;
 * `full` adds (1|rater:source) to that; `length` is `response` with the centred log length; `domain` is
 * rating ~ source * domain + (1|rater) + (1|post). `ranking-length` is `ranking` with the centred log length.
 * `ranking`, for human tables, is rating ~ source * domain +
 * (1|rater) + (1|post) + (1|post:source) + (1|rater:source), plus (1|text) where a post × source has more
 * than one. A factor with one level, or with as many levels as rows, cannot be fitted and is left out; the
 * notes say so.
 */
import * as Estimable from "../Estimable.ts"
import * as Factor from "./Factor.ts"
import * as ModelMatrix from "./ModelMatrix.ts"

/** A model by name. */
export type ModelName = "paper" | "response" | "full" | "length" | "domain" | "ranking" | "ranking-length"

/** One entry a rating. NaN, or an empty string, is a missing value: the row is left out, and counted. */
export interface Columns {
  readonly rating: Float64Array
  readonly source: ReadonlyArray<string>
  readonly rater: ReadonlyArray<string>
  readonly post: ReadonlyArray<string>
  readonly domain?: ReadonlyArray<string>
  /** Length of the response in words (any unit above 0). */
  readonly length?: Float64Array
  /** Which of several texts of a post × source was rated. */
  readonly response?: ReadonlyArray<string>
}

/** What the columns are called in names of coefficients and factors. */
export interface Names {
  readonly source: string
  readonly rater: string
  readonly post: string
  readonly domain: string
}

const defaultNames: Names = { source: "source", rater: "rater_id", post: "post_id", domain: "domain" }

/** A named model on data, ready to be fitted. */
export interface Design {
  readonly response: Float64Array
  readonly matrix: ModelMatrix.ModelMatrix
  /** The fixed effects without those that involve the source: the null model of the likelihood-ratio test. */
  readonly without: ModelMatrix.ModelMatrix
  readonly factors: ReadonlyArray<Factor.Factor>
  readonly source: Factor.Factor
  /** Weights of each source's marginal mean: domains equal, length at its mean. */
  readonly means: ReadonlyArray<Float64Array | undefined>
  readonly formula: string
  readonly notes: ReadonlyArray<string>
}

/** Order of the sources: those named first, the others as they first appear. */
const order = (values: ReadonlyArray<string>, levels: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...new Set([...levels, ...values])
]

/** Builds a design. Not estimable when a column the model needs is absent or no complete row is left. */
export const make = (
  columns: Columns,
  model: ModelName,
  levels: ReadonlyArray<string> = [],
  given: Partial<Names> = {}
): Estimable.Estimable<Design> => {
  const names = { ...defaultNames, ...given }
  const notes: Array<string> = []
  const ranking = model === "ranking" || model === "ranking-length"
  const wantsDomain = model === "domain" || (ranking && columns.domain !== undefined)
  const wantsLength = model === "length" || model === "ranking-length"
  if (model === "domain" && columns.domain === undefined)
    return Estimable.notEstimable("the model `domain` needs a domain column")
  if (wantsLength && columns.length === undefined)
    return Estimable.notEstimable(`the model \`${model}\` needs a length column`)
  const logs = wantsLength ? centredLog(columns.length!) : undefined

  const rows: Array<number> = []
  for (let i = 0; i < columns.rating.length; i++) {
    const complete =
      Number.isFinite(columns.rating[i]) &&
      columns.source[i] !== "" &&
      columns.rater[i] !== "" &&
      columns.post[i] !== "" &&
      (!wantsDomain || columns.domain![i] !== "") &&
      (logs === undefined || Number.isFinite(logs[i]))
    if (complete) rows.push(i)
  }
  const missing = columns.rating.length - rows.length
  if (missing > 0)
    notes.push(`${missing} of ${columns.rating.length} rows have a missing value and are left out`)
  if (rows.length === 0) return Estimable.notEstimable("there is no complete rating")

  const pick = (values: ReadonlyArray<string>) => rows.map((i) => values[i]!)
  const source = Factor.make(names.source, pick(columns.source), order(columns.source, levels))
  for (const level of new Set(levels)) {
    if (!source.levels.includes(level)) notes.push(`source ${level} has no ratings`)
  }
  const rater = Factor.make(names.rater, pick(columns.rater))
  const post = Factor.make(names.post, pick(columns.post))
  const text = Factor.interaction("response_id", post, source)

  const terms: Array<ModelMatrix.Term> = []
  const fixed: Array<string> = []
  if (source.levels.length > 1) {
    terms.push([source])
    fixed.push(names.source)
  } else notes.push(`${names.source} has one level (${source.levels[0]}): there is nothing to compare`)
  if (logs !== undefined) {
    terms.push([{ name: "lw", values: Float64Array.from(rows, (i) => logs[i]!) }])
    fixed.push("lw")
  }
  const domain = wantsDomain ? Factor.make(names.domain, pick(columns.domain!)) : undefined
  if (domain !== undefined && domain.levels.length > 1) {
    terms.push([domain])
    if (source.levels.length > 1) terms.push([source, domain])
    if (source.levels.length > 1) fixed[0] = `${names.source} * ${names.domain}`
    else fixed.push(names.domain)
  } else if (domain !== undefined) notes.push(`${names.domain} has one level and is left out`)

  const candidates = [rater, post]
  if (model !== "paper" && model !== "domain") candidates.push(text)
  if (model === "full" || ranking) candidates.push(Factor.interaction("rater_source", rater, source))
  if (ranking && columns.response !== undefined) {
    const each = Factor.interaction("text_id", text, Factor.make("text", pick(columns.response)))
    if (each.levels.length > text.levels.length) candidates.push(each)
  }
  const cell = domain === undefined ? source : Factor.interaction("cell", source, domain)
  const kept = usable(candidates, cell, rows.length, notes)

  const matrix = ModelMatrix.make(rows.length, terms)
  for (const name of matrix.dropped) notes.push(`${name} is left out: the ratings do not determine it`)
  const at = (level: number) => marginal(matrix, source, level, domain, terms)
  return Estimable.estimable({
    response: Float64Array.from(rows, (i) => columns.rating[i]!),
    matrix,
    without: ModelMatrix.make(
      rows.length,
      terms.filter((term) => !term.includes(source))
    ),
    // The order lme4 reports them in.
    factors: [...kept].sort((a, b) => b.levels.length - a.levels.length),
    source,
    means: source.levels.map((_, level) => at(level)),
    formula: `rating ~ ${[...(fixed.length > 0 ? fixed : ["1"]), ...kept.map((f) => `(1 | ${f.name})`)].join(" + ")}`,
    notes
  })
}

/** log(length) less its mean over all rows, those without a rating too, so that every model means the same. */
const centredLog = (length: Float64Array): Float64Array => {
  const logs = length.map((value) => (value > 0 ? Math.log(value) : Number.NaN))
  const known = logs.filter(Number.isFinite)
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  return logs.map((value) => value - mean)
}

/**
 * The random factors that can be fitted on `rows` rows beside fixed effects for the cells of `cell`; says in `notes` of
 * each of the others why not.
 */
export const usable = (
  candidates: ReadonlyArray<Factor.Factor>,
  cell: Factor.Factor,
  rows: number,
  notes: Array<string>
): ReadonlyArray<Factor.Factor> => {
  const kept: Array<Factor.Factor> = []
  for (const factor of candidates) {
    const levels = factor.levels.length
    const twin = kept.find(
      (other) => other.levels.length === levels && Factor.parents(factor, other) !== undefined
    )
    if (levels === 1) notes.push(`(1 | ${factor.name}) is left out: it has one level`)
    else if (levels >= rows)
      notes.push(`(1 | ${factor.name}) is left out: it has as many levels as there are rows`)
    else if (Factor.parents(cell, factor) !== undefined)
      notes.push(`(1 | ${factor.name}) is left out: the fixed effects already tell its levels apart`)
    else if (twin !== undefined)
      notes.push(`(1 | ${factor.name}) is left out: it groups the ratings exactly as ${twin.name} does`)
    else kept.push(factor)
  }
  return kept
}

/** Weights of a source's mean, averaged over domains with equal weight, numbers at their means. */
const marginal = (
  matrix: ModelMatrix.ModelMatrix,
  source: Factor.Factor,
  level: number,
  domain: Factor.Factor | undefined,
  terms: ReadonlyArray<ModelMatrix.Term>
): Float64Array | undefined => {
  const domains =
    domain !== undefined && terms.some((term) => term.includes(domain)) ? domain.levels.length : 1
  let total: Float64Array | undefined
  for (let d = 0; d < domains; d++) {
    const weights = ModelMatrix.predictor(matrix, (variable) => {
      if (variable === source) return level
      if (variable === domain) return d
      return "values" in variable
        ? variable.values.reduce((sum, v) => sum + v, 0) / variable.values.length
        : 0
    })
    total = total === undefined ? weights : total.map((value, j) => value + weights[j]!)
  }
  return ModelMatrix.estimable(
    matrix,
    total!.map((value) => value / domains)
  )
}
