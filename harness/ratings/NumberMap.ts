/** Numbers by numbers, for millions of them: two typed arrays, a quarter of the memory of a `Map`. */

const EMPTY = -1

/** Keys are whole and at least 0. Open addressing with linear probing; at most two thirds full. */
export class NumberMap {
  #keys = new Float64Array(1024).fill(EMPTY)
  #values = new Float64Array(1024)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Where a key is, or the free place where it belongs. */
  #place(key: number): number {
    const mask = this.#keys.length - 1
    // Both halves of the key are spread by an odd constant (Knuth's multiplicative hashing).
    let at = (Math.imul((key % 2 ** 32) | 0, 0x9e3779b1) ^ Math.imul((key / 2 ** 32) | 0, 0x85ebca77)) >>> 7
    at &= mask
    while (this.#keys[at] !== EMPTY && this.#keys[at] !== key) at = (at + 1) & mask
    return at
  }

  get(key: number): number | undefined {
    const at = this.#place(key)
    return this.#keys[at] === EMPTY ? undefined : this.#values[at]
  }

  has(key: number): boolean {
    return this.#keys[this.#place(key)] !== EMPTY
  }

  set(key: number, value: number): void {
    const at = this.#place(key)
    if (this.#keys[at] === EMPTY) {
      this.#keys[at] = key
      this.#size++
    }
    this.#values[at] = value
    if (this.#size * 3 > this.#keys.length * 2) this.#grow()
  }

  #grow(): void {
    const keys = this.#keys
    const values = this.#values
    this.#keys = new Float64Array(keys.length * 2).fill(EMPTY)
    this.#values = new Float64Array(keys.length * 2)
    for (const [index, key] of keys.entries()) {
      if (key === EMPTY) continue
      const at = this.#place(key)
      this.#keys[at] = key
      this.#values[at] = values[index]!
    }
  }
}
