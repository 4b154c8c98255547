/** `turri start`, `turri server`, `turri worker`: API and worker, in one process or two. */
import type { Command } from 'commander'
import { startServer } from '../../server.ts'
import { startWorker } from '../../worker.ts'
import { type Base, connectTemporal, databaseUrlOf, loadProject, onStopSignal, openBase } from '../context.ts'

export function addStartCommands(program: Command): void {
  program
    .command('start')
    .description('run API and worker in one process (needs DATABASE_URL and TEMPORAL_ADDRESS)')
    .action(() => runProcess({ server: true, worker: true }))
  program
    .command('server')
    .description('run only the API (needs DATABASE_URL and TEMPORAL_ADDRESS)')
    .action(() => runProcess({ server: true, worker: false }))
  program
    .command('worker')
    .description('run only the worker (needs DATABASE_URL and TEMPORAL_ADDRESS)')
    .option('-q, --queue <name...>', 'names of task queues (default: all)')
    .action(({ queue }: { queue?: string[] }) => runProcess({ server: false, worker: true, queues: queue }))
}

async function runProcess(parts: { server: boolean; worker: boolean; queues?: string[] }): Promise<void> {
  const base = openBase()
  const databaseUrl = databaseUrlOf(base.config)
  const [project, connection] = await Promise.all([loadProject(), connectTemporal(base)])
  const shared = { ...base, project, connection, databaseUrl }
  const worker = parts.worker ? await startWorker({ ...shared, queues: parts.queues }) : undefined
  await worker?.setUp.catch(() => {}) // logged; the API starts anyway
  const server = parts.server ? await startServer({ ...shared, eager: parts.worker }) : undefined
  const stop = async () => {
    await server?.stop()
    await worker?.stop()
    await connection.close()
  }
  onStopSignal(stop)
  process.on('disconnect', () => process.emit('SIGTERM')) // the parent process has ended
  worker?.ended.catch(() => stop().finally(() => process.exit(1)))
  announce(base, server?.url)
}

/** Reports to the parent process, if any, that this one is ready. */
function announce({ log }: Base, url: string | undefined): void {
  log.info({ url, pid: process.pid }, 'ready')
  process.send?.({ ready: true, url })
}
