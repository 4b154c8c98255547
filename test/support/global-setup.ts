import { join } from 'node:path'
import { loadConfig } from '../../framework/config.ts'
import { createLogger } from '../../framework/log.ts'
import { type Stack, startStack } from '../../framework/stack/index.ts'

declare global {
  var turriStack: Stack | undefined
}

/** The stack of all tests, in a folder of its own, on free ports. */
export default async function setUp(): Promise<void> {
  const env = { ...process.env, TURRI_HOME: join('.turri', 'test'), LOG_LEVEL: 'warn', NODE_ENV: 'test' }
  const config = loadConfig(env)
  config.temporal.server.port ??= 0
  config.temporal.server.uiPort ??= 0
  process.env.TURRI_POSTGRES_PORT ??= '0'
  const stack = await startStack({
    config,
    log: createLogger({ level: 'warn' }),
    report: (line) => process.stderr.write(`${line}\n`),
  })
  globalThis.turriStack = stack
  Object.assign(process.env, stack.env, { TURRI_HOME: env.TURRI_HOME })
}
