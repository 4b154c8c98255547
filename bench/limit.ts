/** The limit of a read: the statements that a request sends, through bare `pg`. */
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { PLANNED } from '../framework/database.ts'
import type { Router } from '../framework/http/router.ts'
import { percentile } from './measure.ts'
import type { Line } from './summary.ts'

export interface Statement {
  text: string
  values: readonly unknown[]
}

export interface LimitOptions {
  databaseUrl: string
  /** The API in this process, whose statements `statements` gets. */
  api: Router
  statements: Statement[]
  seedFile: string
}

const SECONDS = Number(process.env.SECONDS ?? 8)
const LEVELS = (process.env.LEVELS ?? '1,8,32').split(',').map(Number)

/** What is read: a list of 20 products, and one product, with prices. */
const READS = {
  list: (seed: Seed) => `/store/products?limit=20&${priced(seed)}`,
  product: (seed: Seed) => `/store/products/${seed.products[0]!.id}?${priced(seed)}`,
}
const priced = ({ region_id }: Seed) => `region_id=${region_id}&fields=*variants.calculated_price`

interface Seed {
  region_id: string
  publishable_key: string
  products: { id: string }[]
}

/** How many statements each read sends, and how many per second bare `pg` does of the one that makes the answer. */
export async function limitsOfReads({ databaseUrl, api, statements, seedFile }: LimitOptions): Promise<Line[]> {
  const seed = JSON.parse(readFileSync(seedFile, 'utf8')) as Seed
  const lines: Line[] = []
  for (const [name, pathOf] of Object.entries(READS)) {
    statements.length = 0
    const answer = await api.request(pathOf(seed), { headers: { 'x-publishable-api-key': seed.publishable_key } })
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`GET ${pathOf(seed)}: HTTP ${answer.status} ${text}`)
    lines.push({ what: `${name}: what it is made of`, statements: statements.length, bytes: text.length })
    const longest = [...statements].sort((a, b) => b.text.length - a.text.length)[0]!
    for (const concurrency of LEVELS) lines.push(await bare(databaseUrl, name, longest, concurrency))
  }
  return lines
}

/** The statement alone, prepared, on as many connections as there are callers, ten at most. */
async function bare(
  databaseUrl: string,
  read: string,
  { text, values }: Statement,
  concurrency: number,
): Promise<Line> {
  const pool = new pg.Pool({ connectionString: databaseUrl, options: PLANNED, max: Math.min(concurrency, 10) })
  const times: number[] = []
  const end = performance.now() + SECONDS * 1000
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < end) {
        const started = performance.now()
        await pool.query({ name: read, text, values: [...values] })
        times.push(performance.now() - started)
      }
    }),
  )
  await pool.end()
  times.sort((a, b) => a - b)
  const ms = { p50: +percentile(times, 50).toFixed(1), p95: +percentile(times, 95).toFixed(1) }
  return { what: `${read}: the same SQL through bare pg`, concurrency, per_s: Math.round(times.length / SECONDS), ms }
}
