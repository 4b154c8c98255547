/** Logging with pino, with secrets removed. */
import { type Logger, pino, stdSerializers } from 'pino'

export type { Logger }

export interface LogOptions {
  level?: string
  /** Readable lines instead of JSON; default: false */
  pretty?: boolean
}

/** Creates the logger of a process; use `child({ requestId, workflowId })` for its parts. */
export function createLogger({ level = 'info', pretty = false }: LogOptions = {}): Logger {
  return pino({
    level,
    base: undefined,
    serializers: { error: stdSerializers.err }, // the key that Temporal's SDK uses; pino handles `err` itself
    redact: {
      paths: ['password', 'token', 'secret', '*.password', '*.token', '*.secret', '*.authorization', '*.cookie'],
      censor: '[redacted]',
    },
    ...(pretty && {
      transport: {
        target: 'pino-pretty',
        options: { translateTime: 'HH:MM:ss', ignore: 'pid,hostname', singleLine: true, destination: 2 },
      },
    }),
  })
}
