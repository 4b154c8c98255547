/** The first user of the shops that `dev` and `demo` start. */
import { randomBytes } from 'node:crypto'
import type { Client } from '@temporalio/client'
import { type Config, loadConfig } from '../framework/config.ts'
import { openDatabase } from '../framework/database.ts'
import { createLogger, type Logger } from '../framework/log.ts'
import type { Project } from '../framework/project.ts'
import { createQuery } from '../query/index.ts'
import { shape } from '../query/shape.ts'
import { createUserAccount } from '../workflows/user/create-user-account.ts'
import { openClient } from './context.ts'
import { changeAsCli } from './run.ts'
import { userAccountOf } from './user-account.ts'

export interface Login {
  email: string
  password: string
}

const EMAIL = 'admin@turritopsis.test'

/** The login of the environment. default: a fixed email and a random password */
export function firstLogin(env: NodeJS.ProcessEnv = process.env): Login {
  return {
    email: env.TURRI_ADMIN_EMAIL || EMAIL,
    password: env.TURRI_ADMIN_PASSWORD || randomBytes(12).toString('base64url'),
  }
}

/** Creates the user with the workflow of `turri user create`. */
export async function addUser(running: { client: Client; config: Config }, login: Login): Promise<void> {
  const account = await userAccountOf(login, running.config.secrets)
  const outcome = await changeAsCli(running, createUserAccount, account)
  if (outcome.state !== 'done') throw new Error(`${outcome.workflowId} is still running. Is a worker running?`)
}

/** Like `addUser`, with a connection of its own to the stack of an environment. */
export async function addUserTo(env: NodeJS.ProcessEnv, login: Login): Promise<void> {
  const config = loadConfig(env)
  const { client, close } = await openClient({ config, log: createLogger({ level: 'silent' }) })
  try {
    await addUser({ client, config }, login)
  } finally {
    await close()
  }
}

const AnyUser = shape('user', { id: true })

export async function hasNoUsers(databaseUrl: string, { modules, links }: Project, log: Logger): Promise<boolean> {
  if (!['user', 'auth'].every((wanted) => modules.some(({ name }) => name === wanted))) return false
  const db = openDatabase({ url: databaseUrl, max: 1, readOnly: true, log })
  try {
    return (await createQuery(db, modules, links).first(AnyUser)) === undefined
  } finally {
    await db.destroy()
  }
}

/** Logs in through the API. @returns a bearer token. */
export async function logIn(url: string, login: Login): Promise<string> {
  const response = await fetch(`${url}/auth/user/emailpass`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(login),
  })
  const body = (await response.json()) as { token?: string }
  if (!body.token) throw new Error(`POST /auth/user/emailpass: HTTP ${response.status} ${JSON.stringify(body)}`)
  return body.token
}
