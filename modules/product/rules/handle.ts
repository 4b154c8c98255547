import { Problem } from '../../../framework/problem.ts'

const VALID = /^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u

/** The words of a title in lower case, joined by dashes; empty if it has no letter and no digit. */
export function handleFrom(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/[\s_-]+/g, '-')
    .replace(/^-|-$/g, '')
}

/**
 * The handle of a product. default: made from the title, or else from a random suffix
 *
 * @throws Problem `invalid_data` if the handle is not URL-safe.
 */
export function productHandle(given: string | undefined, title: string, randomSuffix: () => string): string {
  const handle = given || handleFrom(title) || `product-${randomSuffix()}`
  if (VALID.test(handle)) return handle
  throw new Problem('invalid_data', `Invalid product handle '${handle}'. It must contain URL safe characters`)
}

/** The handle of a collection or category. default: made from the title, or else from the id */
export function groupHandle({ handle, id }: { handle?: string | undefined; id: string }, title: string): string {
  return handle || handleFrom(title) || id.toLowerCase().replace('_', '-')
}
