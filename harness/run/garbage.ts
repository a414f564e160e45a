/**
 * Keeps a long run's peak memory flat. V8 lets garbage lie while the machine has memory to spare, so a run of
 * 20,000 calls peaks far above one of 1,000 although it holds no more; collecting now and then costs about fifteen
 * microseconds a call.
 */
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

/** Calls between two collections. */
const CALLS = 4000

/** Makes a counter to be called once for each piece of work; it collects after every `interval` of them. */
export const makeCollector = (interval = CALLS): (() => void) => {
  setFlagsFromString("--expose-gc")
  const collect = runInNewContext("gc") as () => void
  let count = 0
  return () => {
    if (++count % interval === 0) collect()
  }
}
