/** Which products a demo shop has: those that are written by hand, then variations of them. */
import { accessories } from './data/accessories.ts'
import { clothing } from './data/clothing.ts'
import { home } from './data/home.ts'
import { paper } from './data/paper.ts'
import { editions } from './data/places.ts'
import type { DemoProduct } from './product.ts'

/** Those of different kinds in turn, so that a few of them are a mixture, too. */
export const products: DemoProduct[] = inTurn([clothing, home, paper, accessories])

export const MAX_PRODUCTS = 100_000

/** The product at a place in the catalogue: the same in every run. */
export function productAt(place: number): DemoProduct {
  const original = products[place % products.length]!
  const edition = Math.floor(place / products.length)
  return edition === 0 ? original : variation(original, edition)
}

function variation({ sale: _, status: __, ...original }: DemoProduct, edition: number): DemoProduct {
  const town = editions[(edition - 1) % editions.length]!
  const round = Math.floor((edition - 1) / editions.length) + 1
  const name = round === 1 ? town : `${town} ${round}`
  const more = edition % 7
  return {
    ...original,
    handle: `${original.handle}-${slug(name)}`,
    title: `${original.title}, ${name}`,
    subtitle: `${original.subtitle} · ${name} edition`,
    price: { eur: original.price.eur + more, usd: original.price.usd + more },
  }
}

function inTurn(kinds: DemoProduct[][]): DemoProduct[] {
  const longest = Math.max(...kinds.map((kind) => kind.length))
  return Array.from({ length: longest }, (_, i) => kinds.flatMap((kind) => kind[i] ?? [])).flat()
}

function slug(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
}
