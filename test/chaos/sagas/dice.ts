/** Chance that comes out the same for the same seed. */
import { seeded } from '../chaos.ts'

export interface Dice {
  /** From 0 up to, but without, `n`. */
  below: (n: number) => number
  chance: (probability: number) => boolean
  pick: <T>(items: readonly T[]) => T
  /** One of the keys, as often as its weight says. */
  weighed: <K extends string>(weights: Record<K, number>) => K
  /** Two parts, neither of them empty where there are two items. */
  split: <T>(items: readonly T[]) => [T[], T[]]
}

/** @param path tells one use from another: rounds of one seed have nothing in common. */
export function dice(seed: number, ...path: number[]): Dice {
  const mixed = path.reduce((state, step) => Math.imul(state ^ (step + 1), 0x9e3779b1) ^ (state >>> 13), seed + 1)
  const random = seeded(Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b))
  for (let i = 0; i < 8; i++) random() // neighbouring seeds begin alike
  const below = (n: number) => Math.floor(random() * n)
  return {
    below,
    chance: (probability) => random() < probability,
    pick: (items) => items[below(items.length)]!,
    weighed: <K extends string>(weights: Record<K, number>) => {
      const names = Object.keys(weights) as K[]
      let rest = random() * names.reduce((sum, name) => sum + weights[name], 0)
      for (const name of names) {
        rest -= weights[name]
        if (rest < 0) return name
      }
      return names[0]!
    },
    split: (items) => {
      const shuffled = [...items].map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at)
      const middle = 1 + below(Math.max(1, items.length - 1))
      return [shuffled.slice(0, middle), shuffled.slice(middle)].map((part) => part.map(({ item }) => item)) as never
    },
  }
}
