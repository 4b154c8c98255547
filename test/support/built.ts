/** What tests start as processes is compiled first: a start takes half of what it takes from the sources. */
import { execFile } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The repository as it is compiled for tests, apart from the package's own `dist`. */
export const builtRoot = join(root, '.turri/test/dist')
/** The file of the command. */
export const builtTurri = join(builtRoot, 'cli/turri.js')

/** What a process reads beside its code. */
const READ = ['temporal.yaml', 'test/support/ledger/temporal.yaml', 'tools']

/** Compiles the repository with the projects of tests; types are checked elsewhere. */
export default async function build(): Promise<void> {
  const tsc = resolve(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')
  await promisify(execFile)(process.execPath, [tsc, '-p', join(root, 'test/tsconfig.build.json')])
  for (const path of READ) {
    const link = join(builtRoot, path)
    if (!existsSync(link)) symlinkSync(join(root, path), link)
  }
}
