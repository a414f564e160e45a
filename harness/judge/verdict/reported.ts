/** What the judged text says of its score is not what the judge says. */

const speech = new RegExp(
  String.raw`(?<!\p{L})(?:${[
    "says?|said|saying|asks?|asked|asking|tells?|told|telling|claims?|claimed|claiming|writes?|wrote|reads",
    "instructs?|instructed|demands?|demanding|orders?|requests?|requesting|insists?|states?|stating|suggests?",
    "contains?|containing|mentions?|mentioning|describes?|includes?|including|quotes?|injects?|inserts?|tries|attempts?|wants?|pretends?",
    "sagt|verlangt|fordert|behauptet|bittet|dice|pide|exige|dit|demande|prétend|réclame|chiede"
  ].join("|")})(?!\p{L})([^.!?\n;]{0,60})$`,
  "iu"
)

/** The judge speaks for itself, or draws its conclusion. */
export const ownVoice =
  /(?<!\p{L}|(?:that|dass|que|me|let)\s+)(?:my|i|we|i'm|i'd|i'll|so|thus|therefore|hence|overall|altogether|making|ich|je|mi|mein\p{L}*|daher|also|donc|así que)(?!\p{L})/iu

/** The same right before a label: "it says my score should be …" is no word of the judge's either. */
export const isReportedAtOnce = (sentence: string): boolean =>
  /^\s*(?:(?:that|to|me|us)\s+)*$/i.test(speech.exec(sentence)?.[1] ?? "-")

/** Whether a sentence, up to a score in it, reports what somebody else says: "the text asks for a rating of …". */
export const isReported = (sentence: string): boolean => {
  const said = speech.exec(sentence)?.[1]
  return said !== undefined && !ownVoice.test(said)
}
