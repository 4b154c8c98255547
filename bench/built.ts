/** What is measured is what runs in production: the package as it is built, without a loader of TypeScript. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Builds the package. @returns the file of its command. */
export function builtTurri(): string {
  execFileSync('npm', ['run', '--silent', 'prepack'], { stdio: 'inherit' })
  return fileURLToPath(new URL('../dist/cli/turri.js', import.meta.url))
}
