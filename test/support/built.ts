/** Compiles the code that tests start as processes, because a start from the sources takes twice as long. */
import { execFile } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The compiled repository, separate from the package's own `dist`. */
export const builtRoot = join(root, '.turri/test/dist')
/** The file of the command `turri`. */
export const builtTurri = join(builtRoot, 'cli/turri.js')

/** Files that a process reads besides its code. */
const READ = ['temporal.yaml', 'test/support/ledger/temporal.yaml', 'tools']

/** Compiles the repository and the projects of tests, without checking types. */
export default async function build(): Promise<void> {
  const tsc = resolve(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')
  await promisify(execFile)(process.execPath, [tsc, '-p', join(root, 'test/tsconfig.build.json')])
  for (const path of READ) {
    const link = join(builtRoot, path)
    if (!existsSync(link)) symlinkSync(join(root, path), link)
  }
}
