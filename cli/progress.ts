/** How far something is, in one line of a terminal each. */
import { pc } from './print.ts'

export interface Progress {
  /** Says what is being done, and then, with what `summary` says, that it is done. */
  step<T>(
    title: string,
    work: (update: (text: string) => void) => Promise<T>,
    summary: (result: T) => string,
  ): Promise<T>
}

const EVERY_MS = 100

/** Where there is no terminal, only what is done is said. */
export function progressOn(stream: NodeJS.WriteStream, indent = ''): Progress {
  const rewrite = (text: string) => stream.isTTY && stream.write(`\r\u001b[2K${indent}${text}`)
  return {
    async step(title, work, summary) {
      const started = Date.now()
      let saidAt = 0
      rewrite(`${pc.dim('›')} ${title}`)
      const result = await work((text) => {
        if (Date.now() - saidAt < EVERY_MS) return
        saidAt = Date.now()
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

/** Nothing is said. */
export const silent: Progress = { step: (_, work) => work(() => {}) }
