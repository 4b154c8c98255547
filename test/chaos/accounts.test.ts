/** A worker that dies while it makes a user. */
import type { ChildProcess } from 'node:child_process'
import { userAccountOf } from '../../cli/user-account.ts'
import { createUserAccount } from '../../workflows/user/create-user-account.ts'
import { createWorld, type World } from '../support/index.ts'
import { ended, kill9, startProcess } from '../support/processes.ts'

let world: World
const workers: ChildProcess[] = []
beforeAll(async () => {
  world = await createWorld({ worker: false })
})
afterAll(async () => {
  await Promise.all(workers.map(kill9))
  await world.stop()
})

const startWorker = async (breakAt = '') => {
  const worker = await startProcess(world, 'worker', { env: { TURRI_BREAK_AT: breakAt, CMS_URL: world.cms.url } })
  workers.push(worker)
  return worker
}

test.each(['opened:createUserAccount#0', 'done:createUserAccount#0'])(
  'killed at %s, another worker creates one user who can log in',
  async (breakAt) => {
    const email = `${breakAt.replace(/\W/g, '-').toLowerCase()}@world.test`
    const password = 'a password of somebody'
    const dying = await startWorker(breakAt)
    const handle = await world.start(createUserAccount, await userAccountOf({ email, password }, world.config.secrets))
    expect(await ended(dying)).toBe('SIGKILL')
    const next = await startWorker()
    const user = (await handle.result()) as { id: string }
    const users = await world.sql('select id from "user"."user" where email = $1', [email])
    expect(users).toEqual([{ id: user.id }])
    const answer = await world.request('POST', '/auth/user/emailpass', { email, password }, { authorization: '' })
    expect(answer.status).toBe(200)
    const asThem = { authorization: `Bearer ${answer.body.token}` }
    expect((await world.request('GET', '/admin/users/me', undefined, asThem)).body.user.id).toBe(user.id)
    await kill9(next)
  },
)
