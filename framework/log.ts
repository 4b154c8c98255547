/** Logging: pino, with what a log line must never hold taken out. */
import { type Logger, pino, stdSerializers } from 'pino'

export type { Logger }

export interface LogOptions {
  level?: string
  /** Lines for people instead of JSON. */
  pretty?: boolean
}

/** The one logger of a process; `child({ requestId, workflowId })` makes those of its parts. */
export function createLogger({ level = 'info', pretty = false }: LogOptions = {}): Logger {
  return pino({
    level,
    base: undefined,
    serializers: { error: stdSerializers.err }, // what Temporal's SDK calls it; `err` is served by pino itself
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
