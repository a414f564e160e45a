/** A calibration of an automatic rater to people: fitted on the texts both rated, with the error on texts it was not. */

import { type Estimable, notEstimable } from "../stats/Estimable.ts"
import { mean } from "../stats/Moments.ts"
import * as Calibration from "../stats/ppi/Calibration.ts"
import { type Hashable, hashJson } from "../study/Hash.ts"
import type { Against, DimensionAgreement } from "./agreementReport.ts"

/** The artefact: what was fitted, to what, and how far it can be trusted. */
export interface CalibrationArtefact {
  readonly format: "warmline-calibration/1"
  readonly method: "linear" | "isotonic"
  /** `version` is the hash of all that decides the rater's scores, its prompt among it. */
  readonly rater: {
    readonly id: string
    readonly kind: string
    readonly version: string
    readonly prompt: string | null
  }
  readonly instrument: { readonly name: string; readonly hash: string; readonly dimension: string }
  readonly panel: string
  /** Of every text's post, source, score and people's mean. */
  readonly data: { readonly hash: string; readonly texts: number; readonly posts: number }
  readonly fit: Calibration.Linear | Calibration.Isotonic
  /** Error on posts held out, after calibration; `baselineRmse` predicts the mean of the others. */
  readonly heldOut: Calibration.HeldOut
  /** Root mean squared error of the scores as they are. */
  readonly uncalibratedRmse: number
}

/** Fits. Not estimable where there are too few texts or the scores never vary. */
export const calibrate = (
  method: "linear" | "isotonic",
  { instrument, dimension }: DimensionAgreement,
  { rater, version, kind, panel, texts }: Against,
  about: { readonly instrumentHash: string; readonly prompt: string | null; readonly seed: number }
): Estimable<CalibrationArtefact> => {
  if (texts.length === 0) return notEstimable("no text was rated by both")
  const score = texts.map((text) => text.score)
  const target = texts.map(({ people }) => mean(people))
  const groups = texts.map(({ post }) => post)
  const fit: Estimable<Calibration.Linear | Calibration.Isotonic> =
    method === "linear" ? Calibration.linear(score, target) : Calibration.isotonic(score, target)
  if (!fit.ok) return fit
  const heldOut = Calibration.crossValidate(method, score, target, { seed: about.seed, groups })
  if (!heldOut.ok) return heldOut
  const data = texts.map(({ post, source }, i) => [post, source, score[i]!, target[i]!])
  return {
    ok: true,
    value: {
      format: "warmline-calibration/1",
      method,
      rater: { id: rater, kind, version, prompt: about.prompt },
      instrument: { name: instrument, hash: about.instrumentHash, dimension },
      panel,
      data: { hash: hashJson(data), texts: texts.length, posts: new Set(groups).size },
      fit: fit.value,
      heldOut: heldOut.value,
      uncalibratedRmse: Math.sqrt(mean(score.map((value, i) => (value - target[i]!) ** 2)))
    }
  }
}

/** The content address of an artefact. */
export const artefactHash = (artefact: CalibrationArtefact): string =>
  hashJson(artefact as unknown as Hashable)
