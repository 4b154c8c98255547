/** `turri user`: users of the admin. */
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
  const user = program.command('user').description('create and list users')
  user
    .command('create')
    .description('create a user with email and password')
    .requiredOption('-e, --email <email>', 'email address')
    .option('-p, --password <password>', 'password (default: a prompt, or the first line of stdin)')
    .option('--first-name <name>', 'first name')
    .option('--last-name <name>', 'last name')
    .action(create)
  user.command('list').description('list users').option('--json', 'print JSON').action(list)
}

interface CreateOptions {
  email: string
  password?: string
  firstName?: string
  lastName?: string
}

async function create({ email, password, firstName, lastName }: CreateOptions): Promise<void> {
  const newUser: NewUser = {
    email,
    password: password ?? (await askSecret('Password: ')),
    ...(firstName && { first_name: firstName }),
    ...(lastName && { last_name: lastName }),
  }
  const account = await userAccountOf(newUser, openRunning().config.secrets)
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
    const empty = 'No users. Create one with `turri user create --email …`.'
    table(rows, { json, empty })
  } finally {
    await db.destroy()
  }
}
