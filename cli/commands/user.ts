/** `turri user`: who may run the shop. */
import type { Command } from 'commander'
import { openDatabase } from '../../framework/database.ts'
import { createQuery } from '../../query/index.ts'
import { shape } from '../../query/shape.ts'
import { createUserAccount } from '../../workflows/user/create-user-account.ts'
import { askSecret } from '../ask.ts'
import { databaseUrlOf, loadProject, openRunning } from '../context.ts'
import { table } from '../print.ts'
import { runChange } from '../run.ts'
import { type NewUser, userAccountOf } from '../user-account.ts'

export function addUserCommands(program: Command): void {
  const user = program.command('user').description('users: who may log in and run the shop')
  user
    .command('create')
    .description('add a user who logs in with email and password')
    .requiredOption('-e, --email <email>', 'their email address')
    .option('-p, --password <password>', 'their password; without it, it is asked for, or read from stdin')
    .option('--first-name <name>', 'their first name')
    .option('--last-name <name>', 'their last name')
    .action(create)
  user.command('list').description('list users').option('--json', 'as JSON').action(list)
}

interface CreateOptions {
  email: string
  password?: string
  firstName?: string
  lastName?: string
}

async function create({ email, password, firstName, lastName }: CreateOptions): Promise<void> {
  const given: NewUser = {
    email,
    password: password ?? (await askSecret('Password: ')),
    ...(firstName && { first_name: firstName }),
    ...(lastName && { last_name: lastName }),
  }
  const account = await userAccountOf(given, openRunning().config.secrets)
  const user = await runChange(createUserAccount, account)
  if (user) console.log(`${user.id} ${user.email} can log in.`)
}

const ListedUser = shape('user', { id: true, email: true, first_name: true, last_name: true, created_at: true })

async function list({ json }: { json?: boolean }): Promise<void> {
  const { config, log } = openRunning()
  const { modules, links } = await loadProject()
  const db = openDatabase({ url: databaseUrlOf(config), max: 1, readOnly: true, log })
  try {
    const rows = await createQuery(db, modules, links).find(ListedUser, {}, { order: 'id' })
    const empty = 'No users: `turri user create --email …` adds one.'
    table(rows, { json, empty })
  } finally {
    await db.destroy()
  }
}
