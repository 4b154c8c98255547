import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file beside the module of this address: TypeScript beside a source, JavaScript where it is compiled. */
export const beside = (url: string, name: string): string => fileURLToPath(new URL(`./${name}${extname(url)}`, url))
