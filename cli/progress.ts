/** Progress of steps, one line of the terminal each. */
import { pc } from './print.ts'

export interface Progress {
  /** Prints the title while `work` runs, and then the title with the summary. */
  step<T>(
    title: string,
    work: (update: (text: string) => void) => Promise<T>,
    summary: (result: T) => string,
  ): Promise<T>
}

const UPDATE_INTERVAL_MS = 100

/** Without a terminal, only finished steps are printed. */
export function progressOn(stream: NodeJS.WriteStream, indent = ''): Progress {
  const rewrite = (text: string) => stream.isTTY && stream.write(`\r\u001b[2K${indent}${text}`)
  return {
    async step(title, work, summary) {
      const started = Date.now()
      let updatedAt = 0
      rewrite(`${pc.dim('›')} ${title}`)
      const result = await work((text) => {
        if (Date.now() - updatedAt < UPDATE_INTERVAL_MS) return
        updatedAt = Date.now()
        rewrite(`${pc.dim('›')} ${title} ${pc.dim(text)}`)
      }).catch((error: Error) => {
        if (stream.isTTY) stream.write('\n')
        throw error
      })
      if (stream.isTTY) stream.write('\r\u001b[2K')
      const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`
      stream.write(`${indent}${pc.green('✓')} ${title.padEnd(TITLE)} ${summary(result)}  ${pc.dim(seconds)}\n`)
      return result
    },
  }
}

const TITLE = 12

/** Prints nothing. */
export const silent: Progress = { step: (_, work) => work(() => {}) }
