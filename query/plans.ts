/** The cache of compiled statements. */

/** A map of bounded size that evicts the least recently used entry. */
export class LruCache<V> {
  readonly #max: number
  readonly #map = new Map<string, V>()

  constructor(max: number) {
    this.#max = max
  }

  get(key: string, make: () => V): V {
    const known = this.#map.get(key)
    const value = known ?? make()
    if (known !== undefined) this.#map.delete(key)
    this.#map.set(key, value)
    if (this.#map.size > this.#max) this.#map.delete(this.#map.keys().next().value!)
    return value
  }
}
