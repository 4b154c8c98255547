/** Named points where tests kill a worker: between an effect and its report to Temporal. */

/** `opened`: before the effect. `done`: after the effect is committed, before Temporal hears of it. */
export type BreakPoint = 'opened' | 'done'

/**
 * Does nothing unless TURRI_BREAK_AT names this point and step, such as `done:createBrands#0`. Then the process kills itself as
 * `kill -9` would or, with the prefix `stop:`, stops as if its machine had frozen.
 */
export function breakPoint(point: BreakPoint, stepKey: string): void {
  const at = process.env.TURRI_BREAK_AT
  if (!at) return
  if (at === `${point}:${stepKey}`) process.kill(process.pid, 'SIGKILL')
  if (at === `stop:${point}:${stepKey}`) {
    process.env.TURRI_BREAK_AT = ''
    process.kill(process.pid, 'SIGSTOP')
  }
}
