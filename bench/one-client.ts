/** How long requests of one client take, one after the other. */
import { percentile } from './measure.ts'
import type { Line } from './summary.ts'

export interface Shop {
  url: string
  token: string
}

const WARM_UP = 30

/** POSTs `count` bodies to `path`. @throws if one is not answered 200. */
export async function postOneByOne(
  shop: Shop,
  path: string,
  count: number,
  bodyOf: (n: number) => object,
): Promise<Line & { ms: { p50: number; p95: number } }> {
  const times: number[] = []
  for (let n = 0; n < WARM_UP + count; n++) {
    const started = performance.now()
    await post(shop, path, bodyOf(n))
    if (n >= WARM_UP) times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  const ms = { p50: +percentile(times, 50).toFixed(1), p95: +percentile(times, 95).toFixed(1) }
  return { what: `POST ${path}`, concurrency: 1, ms }
}

async function post({ url, token }: Shop, path: string, body: object): Promise<void> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  const answer = await response.text()
  if (response.status !== 200) throw new Error(`POST ${path}: HTTP ${response.status} ${answer}`)
}
