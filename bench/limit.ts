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

/**
 * What a list of 20 products with prices is made of: how many statements, and how many lists per second bare `pg` gets through
 * with the one that makes the answer.
 */
export async function limitOfList({ databaseUrl, api, statements, seedFile }: LimitOptions): Promise<Line[]> {
  const seed = JSON.parse(readFileSync(seedFile, 'utf8')) as { region_id: string; publishable_key: string }
  const path = `/store/products?limit=20&region_id=${seed.region_id}&fields=*variants.calculated_price`
  const answer = await api.request(path, { headers: { 'x-publishable-api-key': seed.publishable_key } })
  if (answer.status !== 200) throw new Error(`GET ${path}: HTTP ${answer.status} ${await answer.text()}`)
  const list = [...statements].sort((a, b) => b.text.length - a.text.length)[0]!
  const bytes = (await answer.text()).length
  const lines: Line[] = [{ what: 'a list of 20 products with prices', statements: statements.length, bytes }]
  for (const concurrency of [1, 8, 32]) lines.push(await bare(databaseUrl, list, concurrency))
  return lines
}

/** The statement alone, prepared, on as many connections as there are callers, ten at most. */
async function bare(databaseUrl: string, { text, values }: Statement, concurrency: number): Promise<Line> {
  const pool = new pg.Pool({ connectionString: databaseUrl, options: PLANNED, max: Math.min(concurrency, 10) })
  const times: number[] = []
  const end = performance.now() + SECONDS * 1000
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < end) {
        const started = performance.now()
        await pool.query({ name: 'list', text, values: [...values] })
        times.push(performance.now() - started)
      }
    }),
  )
  await pool.end()
  times.sort((a, b) => a - b)
  const ms = { p50: +percentile(times, 50).toFixed(1), p95: +percentile(times, 95).toFixed(1) }
  return { what: 'the same SQL through bare pg', concurrency, per_s: Math.round(times.length / SECONDS), ms }
}
