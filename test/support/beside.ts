import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The path of a file beside a module, with the module's extension: TypeScript in the sources, JavaScript when compiled. */
export const beside = (url: string, name: string): string => fileURLToPath(new URL(`./${name}${extname(url)}`, url))
