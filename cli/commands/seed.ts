/** `turri seed`: a demo shop in a server that runs, through its HTTP API like anybody. */
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
    .description('fill a running shop with demo data; again, to complete it')
    .option('-u, --url <url>', 'where its API is (that of `turri dev`)')
    .option('-e, --email <email>', 'who logs in (TURRI_ADMIN_EMAIL, or that of `turri dev`)')
    .option('-p, --password <password>', 'their password (TURRI_ADMIN_PASSWORD); without it, it is asked for')
    .option('-n, --products <n>', `how many products, 1 to ${MAX_PRODUCTS}`, numberOfProducts, products.length)
    .option('--json', 'say the ids of everything, as JSON')
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
  else sayWhere(url, shop, (Date.now() - started) / 1000)
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

function sayWhere(url: string, { changes, regions, publishable_key }: SeededShop, seconds: number): void {
  const done = changes === 0 ? 'Everything was there already' : `The shop is ready: ${changes} changes`
  console.log(`\n${pc.green(done)} ${pc.dim(`(${seconds.toFixed(1)} s)`)}\n`)
  facts({ API: url, 'Publishable key': publishable_key, 'Region eur': regions.eur, 'Region usd': regions.usd })
  console.log(`\n  ${pc.dim(`curl -g -H 'x-publishable-api-key: ${publishable_key}' \\`)}`)
  console.log(
    `  ${pc.dim(`  '${url}/store/products?region_id=${regions.eur}&fields=title,*variants.calculated_price'`)}\n`,
  )
}
