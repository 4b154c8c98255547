import { Problem } from '../../../framework/problem.ts'

const VALID = /^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u

/** Words joined by dashes, from a title (`http-semantics.md` 7); empty where it has no letter and no digit. */
export function handleFrom(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/[\s_-]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** That of a product: the one given, or made from its title, or from chance. @throws Problem `invalid_data` */
export function productHandle(given: string | undefined, title: string, chance: () => string): string {
  const handle = given || handleFrom(title) || `product-${chance()}`
  if (VALID.test(handle)) return handle
  throw new Problem('invalid_data', `Invalid product handle '${handle}'. It must contain URL safe characters`)
}

/** That of a collection or a category: the one given, or made from its title; its id where that has no letter and no digit. */
export function groupHandle({ handle, id }: { handle?: string | undefined; id: string }, title: string): string {
  return handle || handleFrom(title) || id.toLowerCase().replace('_', '-')
}
