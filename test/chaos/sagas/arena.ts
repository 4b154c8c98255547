/** Where random sagas are played: a real worker that can be killed, a database with three tables, a CMS. */
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WorkflowExecutionAlreadyStartedError, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client'
import { CancelledFailure } from '@temporalio/common'
import proto from '@temporalio/proto'
import pg from 'pg'
import { isRefusal } from '../../../framework/problem.ts'
import type { Stack } from '../../../framework/stack/index.ts'
import { kill9, startProcess } from '../../support/processes.ts'
import { sagaProject } from '../../support/sagas/turri.config.ts'
import { createWorld, type World } from '../../support/world.ts'
import { keepAlive, patiently } from '../chaos.ts'

const { EventType } = proto.temporal.api.enums.v1

export type Victim = 'worker' | 'temporal' | 'postgres'

export interface SagaArena {
  world: World
  /** How often anything has been killed so far. */
  kills: number
  /** Above zero nothing is killed: a saga is late, and whether it hangs shows in peace. */
  truce: number
  /** Kills with -9; what was killed is started again. */
  kill: (victim: Victim) => void
  /** Resolves when there is a worker: one that is killed as soon as it is there gets nothing done. */
  up: () => Promise<void>
  /** Reads and writes with the key that the journal seals secrets with. */
  sql: <R = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<R[]>
  stop: () => Promise<void>
}

/** @param stack where Postgres and Temporal are this arena's own and may be killed. */
export async function openSagaArena(home: string, stack?: Stack): Promise<SagaArena> {
  const world = await createWorld({ project: () => sagaProject, worker: false })
  const worker = keepAlive(async () => {
    const child = await startProcess(world, 'worker', {
      cwd: 'test/support/sagas',
      env: { CMS_URL: world.cms.url, CMS_TOKEN: world.cms.token, TURRI_HOME: resolve(home) },
    })
    return { pid: child.pid!, process: child, stop: () => kill9(child) }
  })
  await worker.up()
  const options = `-c turri.journal_key=${world.config.digest('journal')}`
  const pool = new pg.Pool({ connectionString: world.databaseUrl, max: 6, options })
  pool.on('error', () => {})
  const arena: SagaArena = {
    world,
    kills: 0,
    truce: 0,
    kill: (victim) => {
      const pid = { worker: worker.pid, temporal: stack?.temporal?.pid, postgres: stack?.postgres?.pid }[victim]?.()
      if (!pid || arena.truce > 0) return
      arena.kills++
      process.kill(pid, 'SIGKILL')
    },
    up: async () => {
      await sleep(100) // what has just been killed may look alive for a moment
      await worker.up()
    },
    sql: async (text, values) => (await patiently(() => pool.query(text, values))).rows as never,
    stop: async () => {
      await worker.stop()
      await Promise.all([pool.end(), world.stop()])
    },
  }
  return arena
}

/** How a saga ended: by itself with success, or with everything taken back. */
export interface Ended {
  handle: WorkflowHandle
  state: 'done' | 'refused' | 'failed' | 'cancelled'
  reason: string
}

/** Starts a workflow, whatever is being killed at the time. */
export function startSaga({ world }: SagaArena, name: string, id: string, input: unknown): Promise<WorkflowHandle> {
  const { taskQueue } = world.config.temporal.worker
  return patiently(async () => {
    try {
      return await world.client.workflow.start(name, {
        taskQueue,
        workflowId: id,
        args: [input],
        workflowTaskTimeout: '2s',
      })
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return world.client.workflow.getHandle(id)
      throw error
    }
  })
}

/** After it a saga is late, and nothing is killed any more. */
const LATE_MS = 30_000
/** After it a late saga hangs: with the above just under what Jest gives a test. */
const HANGING_MS = 140_000

/**
 * What is killed every few seconds may not get anywhere: what is late gets time in peace.
 *
 * @throws when it hangs.
 */
export async function endOf(arena: SagaArena, handle: WorkflowHandle): Promise<Ended> {
  let [isLate, isOver] = [false, false]
  const hanging = sleep(LATE_MS, undefined, { ref: false }).then(async () => {
    if (isOver) return 'over' as const
    isLate = true
    arena.truce++
    await sleep(HANGING_MS, undefined, { ref: false })
    return 'hangs' as const
  })
  const result = async (): Promise<Ended> => {
    try {
      const answer: unknown = await handle.result()
      const reason = isRefusal(answer) ? answer.problem.message : ''
      return { handle, state: isRefusal(answer) ? 'refused' : 'done', reason }
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) throw error
      const { cause } = error
      const state = cause instanceof CancelledFailure ? 'cancelled' : 'failed'
      return { handle, state, reason: cause?.message ?? '' }
    }
  }
  const end = await Promise.race([patiently(result, LATE_MS + HANGING_MS), hanging])
  isOver = true
  if (isLate) arena.truce--
  if (end === 'hangs' || end === 'over') throw new Hanging(handle.workflowId, await lastEvents(handle))
  return end
}

/** A workflow that has not ended in its time, with the last of its history. */
class Hanging extends Error {
  constructor(workflowId: string, events: string[]) {
    super(
      `${workflowId} has not ended after ${(LATE_MS + HANGING_MS) / 1000} s: it hangs\n    ${events.join('\n    ')}`,
    )
  }
}

async function lastEvents(handle: WorkflowHandle): Promise<string[]> {
  const { events } = await patiently(() => handle.fetchHistory())
  return (events ?? []).slice(-60).map(({ eventTime, eventType, eventId, ...more }) => {
    const details = JSON.stringify(Object.entries(more).find(([name, value]) => value && /Attributes$/.test(name))?.[1])
    const at = new Date(Number(eventTime?.seconds) * 1000).toISOString().slice(11, 19)
    return `${at} ${eventId} ${EventType[eventType ?? 0]} ${details?.slice(0, 600)}`
  })
}
