/** The output of the demo. */
import { facts, pc } from '../print.ts'

export function title(text: string): void {
  console.log(`\n${pc.bold(text)}\n`)
}

export function print(text: string): void {
  console.log(`  ${text}`)
}

/** Prints a check and returns whether it passed. */
export function check(text: string, passed: boolean): boolean {
  facts({ [passed ? '✓' : '✗']: passed ? pc.green(text) : pc.red(text) })
  return passed
}
