/** `turri seed`: demo data for a running shop, created through its HTTP API. */
import { type Command, InvalidArgumentError } from 'commander'
import { askSecret } from '../ask.ts'
import { firstLogin, type Login, logIn } from '../first-admin.ts'
import { facts, pc } from '../print.ts'
import { progressOn } from '../progress.ts'
import { MAX_PRODUCTS, products } from '../seed/catalogue.ts'
import { type SeededShop, seedShop } from '../seed/seed-shop.ts'

interface SeedCommand {
  url?: string
  email?: string
  password?: string
  products: number
  json?: boolean
}

export function addSeedCommand(program: Command): void {
  program
    .command('seed')
    .description('add demo data to a running shop; safe to repeat')
    .option('-u, --url <url>', 'address of the API (default: that of `turri dev`)')
    .option('-e, --email <email>', 'email of the user (default: TURRI_ADMIN_EMAIL, or that of `turri dev`)')
    .option('-p, --password <password>', 'password of the user (default: TURRI_ADMIN_PASSWORD, or a prompt)')
    .option('-n, --products <n>', `number of products, 1 to ${MAX_PRODUCTS}`, numberOfProducts, products.length)
    .option('--json', 'print the ids of all rows as JSON')
    .action(seed)
}

function numberOfProducts(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= MAX_PRODUCTS) return count
  throw new InvalidArgumentError(`A whole number from 1 to ${MAX_PRODUCTS} is needed.`)
}

async function seed({ json, products, ...where }: SeedCommand): Promise<void> {
  const started = Date.now()
  const url = urlOf(where)
  const token = await tokenOf(url, await loginOf(where))
  const send = (path: string, init: RequestInit) => fetch(url + path, init)
  const shop = await seedShop({ send, token, products, progress: progressOn(process.stderr) })
  if (json) console.log(JSON.stringify({ url, ...shop }, null, 2))
  else printShop(url, shop, (Date.now() - started) / 1000)
}

function urlOf({ url }: Pick<SeedCommand, 'url'>): string {
  const { HOST, PORT } = process.env
  const host = HOST && HOST !== '0.0.0.0' ? HOST : '127.0.0.1'
  return (url ?? `http://${host}:${Number(PORT) || 9000}`).replace(/\/+$/, '')
}

async function loginOf({ email, password }: Pick<SeedCommand, 'email' | 'password'>): Promise<Login> {
  const login = { email: email ?? firstLogin().email, password: password ?? process.env.TURRI_ADMIN_PASSWORD }
  if (login.password) return { ...login, password: login.password }
  if (process.stdin.isTTY) return { ...login, password: await askSecret(`Password of ${login.email}: `) }
  throw new Error(`Give the password of ${login.email} with --password, or in TURRI_ADMIN_PASSWORD.`)
}

async function tokenOf(url: string, login: Login): Promise<string> {
  try {
    return await logIn(url, login)
  } catch (error) {
    const { message } = error as Error
    if (error instanceof TypeError)
      throw new Error(`No server answers at ${url}: start \`turri dev\`, or say where one is with --url.`)
    if (error instanceof SyntaxError) throw new Error(`What answers at ${url} is no shop of ours: say --url.`)
    throw new Error(`${login.email} cannot log in at ${url} (${message}). Give --email and --password.`)
  }
}

function printShop(url: string, { changes, regions, publishable_key }: SeededShop, seconds: number): void {
  const done = changes === 0 ? 'The shop is complete already' : `The shop is ready: ${changes} changes`
  console.log(`\n${pc.green(done)} ${pc.dim(`(${seconds.toFixed(1)} s)`)}\n`)
  facts({ API: url, 'Publishable key': publishable_key, 'Region eur': regions.eur, 'Region usd': regions.usd })
  console.log(`\n  ${pc.dim(`curl -g -H 'x-publishable-api-key: ${publishable_key}' \\`)}`)
  console.log(
    `  ${pc.dim(`  '${url}/store/products?region_id=${regions.eur}&fields=title,*variants.calculated_price'`)}\n`,
  )
}
