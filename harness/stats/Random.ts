/**
 * Seeded random numbers for everything that resamples. One generator (xoroshiro128+ of `pure-rand`),
 * started from a 32-bit integer, so that every interval in a report can be made again from its seed.
 */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus"

/** A stream of random numbers. Not shared between computations: make one from a seed where it is used. */
export interface Random {
  /** A double in [0, 1) with 53 random bits. */
  readonly next: () => number
  /** An integer in [0, n). `n` at least 1 and at most 2^53. */
  readonly below: (n: number) => number
  /** A standard normal deviate (Box–Muller, both halves used). */
  readonly normal: () => number
}

/** A generator from an integer seed (only its low 32 bits count). */
export const make = (seed: number): Random => {
  const generator = xoroshiro128plus(seed | 0)
  const next = () => {
    const high = (generator.next() >>> 0) * 0x200000
    const low = (generator.next() >>> 0) >>> 11
    return (high + low) / 0x20000000000000
  }
  let spare: number | undefined
  return {
    next,
    below: (n) => Math.floor(next() * n),
    normal: () => {
      if (spare !== undefined) {
        const value = spare
        spare = undefined
        return value
      }
      const radius = Math.sqrt(-2 * Math.log(1 - next()))
      const angle = 2 * Math.PI * next()
      spare = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    }
  }
}
