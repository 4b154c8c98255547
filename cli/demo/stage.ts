/** How the demo speaks. */
import { facts, pc } from '../print.ts'

/** Of an act. */
export function title(text: string): void {
  console.log(`\n${pc.bold(text)}\n`)
}

export function say(text: string): void {
  console.log(`  ${text}`)
}

/** Says whether it is as was promised. */
export function check(text: string, holds: boolean): boolean {
  facts({ [holds ? '✓' : '✗']: holds ? pc.green(text) : pc.red(text) })
  return holds
}
