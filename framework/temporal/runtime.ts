/** The SDK's runtime, which must be installed once per process, before any connection. */
import { type LogMetadata, makeTelemetryFilterString, Runtime } from '@temporalio/worker'
import type { Logger } from '../log.ts'

let installed = false

/** Sends the logs of the SDK, its core and of workflows to our logger. */
export function installRuntime(log: Logger): void {
  if (installed) return
  installed = true
  const to =
    (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, meta: LogMetadata = {}) =>
      log[level](meta, message)
  const info = to('debug') // the SDK's "info" is about its internals
  Runtime.install({
    logger: {
      log: (level, message, meta) => to(level === 'INFO' ? 'debug' : (level.toLowerCase() as 'warn'))(message, meta),
      trace: to('trace'),
      debug: to('debug'),
      info,
      warn: to('warn'),
      error: to('error'),
    },
    shutdownSignals: [], // the process shuts down in our own order
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) },
    },
  })
}
