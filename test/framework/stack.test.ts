/** Processes that are started, watched and stopped. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '../../framework/log.ts'
import { retryStart, supervise, until } from '../../framework/stack/process.ts'

/** Ends so many times before it is ready. */
const startEnding = async (times: number) => {
  const dir = mkdtempSync(join(tmpdir(), 'turri-stack-'))
  const [starts, ready] = [join(dir, 'starts'), join(dir, 'ready')]
  const script = `echo >> ${starts}; [ $(wc -l < ${starts}) -gt ${times} ] || exit 1; touch ${ready}; exec sleep 600`
  const start = () =>
    supervise({
      name: 'Sleeper',
      pidFile: join(dir, 'pid'),
      logFile: join(dir, 'log'),
      mark: dir,
      spawn: () => spawn('sh', ['-c', script], { stdio: 'ignore' }),
      ready: () => until(async () => void readFileSync(ready), 'Sleeper'),
      stopSignal: 'SIGTERM',
      log: createLogger({ level: 'silent' }),
    })
  return { insisting: retryStart(start), isReady: () => existsSync(ready), starts: () => readFileSync(starts).length }
}

test('what ends before it answers is started anew, as its port may be another’s by then', async () => {
  const { insisting, isReady, starts } = await startEnding(2)
  const sleeper = await insisting
  expect([isReady(), starts()]).toEqual([true, 3])
  await sleeper.stop()
})

test('and given up where it ends each time', async () => {
  const { insisting, starts } = await startEnding(9)
  await expect(insisting).rejects.toThrow(/^Sleeper ended before it was ready \(exit code 1\)\. It says why in /)
  expect(starts()).toBe(3)
})
