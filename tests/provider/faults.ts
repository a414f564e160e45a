/** What can go wrong on the way to a provider, and which of it befalls a request: decided by seed and ordinal. */

/** Every fault, with what a client sees. */
export const faults = {
  "rate-limit": "429, Retry-After in seconds",
  "rate-limit-date": "429, Retry-After as an HTTP date",
  "rate-limit-reset": "429, the provider's own reset headers and no Retry-After",
  quota: "429 that no waiting mends: the account has no credit left",
  "server-error": "500 with the provider's error object",
  overloaded: "529, as Anthropic names it",
  drop: "a right beginning, then the connection is gone in the middle of the body",
  malformed: "200 and JSON that breaks off",
  hang: "no answer, ever",
  slow: "a right answer, drop by drop over `slowMillis`",
  empty: "a right answer with no text in it",
  refusal: "the model refuses, in the words of its format where that has any",
  "content-filter": "the answer is cut by a filter, where the format can say so",
  "prompt-filter": "400: the filter refuses the question",
  length: "the answer stops at the token limit",
  "wrong-type": "200 and an HTML page",
  duplicate: "the whole answer, headers and all, twice on one connection",
  unauthorized: "401 whose text holds the key that was sent",
  "not-found": "404, no such model",
  "bad-request": "400 whose text holds the key that was sent"
} as const

/** The name of a fault. */
export type Fault = keyof typeof faults

/** How often each fault occurs, 0 to 1; what is left over of 1 goes well. */
export type FaultRates = { readonly [F in Fault]?: number }

/** Every name, for the tables of tests. */
export const faultNames = Object.keys(faults) as readonly Fault[]

/** A number in [0, 1) that depends on the seed and the ordinal alone (the finaliser of MurmurHash3). */
export const unit = (seed: number, ordinal: number): number => {
  let bits = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(ordinal + 1, 0x85ebca6b)) | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32
}

/** Checks rates once, and then says for each ordinal (from 0) which fault it meets, if any. */
export const faultPicker = (rates: FaultRates, seed: number): ((ordinal: number) => Fault | undefined) => {
  const steps: { readonly fault: Fault; readonly below: number }[] = []
  let below = 0
  for (const [name, rate] of Object.entries(rates)) {
    if (!Object.hasOwn(faults, name)) {
      throw new RangeError(`no such fault: ${name}; known are ${faultNames.join(", ")}`)
    }
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`the rate of ${name} is ${rate}, not 0 to 1`)
    below += rate
    steps.push({ fault: name as Fault, below })
  }
  if (below > 1 + 1e-9) throw new RangeError(`the rates add up to ${below}, more than 1`)
  if (below === 0) return () => undefined
  return (ordinal) => {
    const at = unit(seed, ordinal)
    return steps.find((step) => at < step.below)?.fault
  }
}
