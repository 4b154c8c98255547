/** The products of the demo shop: those in `data/`, then variations of them. */
import { accessories } from './data/accessories.ts'
import { clothing } from './data/clothing.ts'
import { home } from './data/home.ts'
import { paper } from './data/paper.ts'
import { editions } from './data/places.ts'
import type { DemoProduct } from './product.ts'

/** Kinds alternate, so that the first few products are a mixture. */
export const products: DemoProduct[] = interleave([clothing, home, paper, accessories])

export const MAX_PRODUCTS = 100_000

/** The product at an index of the catalogue, the same in every run. */
export function productAt(index: number): DemoProduct {
  const original = products[index % products.length]!
  const edition = Math.floor(index / products.length)
  return edition === 0 ? original : variation(original, edition)
}

function variation({ sale: _, status: __, ...original }: DemoProduct, edition: number): DemoProduct {
  const town = editions[(edition - 1) % editions.length]!
  const round = Math.floor((edition - 1) / editions.length) + 1
  const name = round === 1 ? town : `${town} ${round}`
  const surcharge = edition % 7
  return {
    ...original,
    handle: `${original.handle}-${slug(name)}`,
    title: `${original.title}, ${name}`,
    subtitle: `${original.subtitle} · ${name} edition`,
    price: { eur: original.price.eur + surcharge, usd: original.price.usd + surcharge },
  }
}

function interleave(kinds: DemoProduct[][]): DemoProduct[] {
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
