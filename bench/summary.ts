/** What a run has measured, in one table beside the figures to reach. */

/** A line as the scripts say it. */
export interface Line {
  what?: string
  concurrency?: number
  per_s?: number
  products_per_s?: number
  ms?: unknown
  rss?: number
  [more: string]: unknown
}

const CLIENTS = 8

/** The figures of `design.md` 12 that a run of these scripts can say something about. */
export function summaryOf(lines: readonly Line[]): string {
  const perSecond = (start: string) =>
    lines.find(({ what, concurrency }) => what?.startsWith(start) && concurrency === CLIENTS)?.per_s
  const one = (start: string) => lines.find(({ what }) => what?.startsWith(start))
  const [lists, bare] = [perSecond('GET /store/products?limit=20'), perSecond('the same SQL')]
  const ready = one('spawn to ready')?.ms
  const rows: [what: string, measured: number | undefined, unit: string, goal: string][] = [
    [`lists of 20 products with prices, ${CLIENTS} clients`, lists, 'per s', '400 or more'],
    ['  of what bare pg does with the same SQL', lists && bare && (100 * lists) / bare, '%', '50 or more'],
    [`products with prices, ${CLIENTS} clients`, perSecond('GET /store/products/:id'), 'per s', '800 or more'],
    [`products created, ${CLIENTS} clients`, perSecond('POST /admin/products (2 variants)'), 'per s', '40 or more'],
    ['products created, 100 in a batch', one('POST /admin/products/batch')?.products_per_s, 'per s', '1000 or more'],
    ['spawn to ready', typeof ready === 'number' ? ready / 1000 : undefined, 's', '3 or less'],
    ['memory of API and worker', one('memory of API and worker')?.rss, 'MiB', '450 or less'],
  ]
  const shown = rows.filter(([, measured]) => measured !== undefined)
  const text = shown.map(
    ([what, measured, unit, goal]) => `  ${what.padEnd(46)}${rounded(measured!).padStart(8)} ${unit.padEnd(8)}${goal}`,
  )
  return [`\n  ${''.padEnd(46)}${'measured'.padStart(8)} ${''.padEnd(8)}to reach`, ...text].join('\n')
}

const rounded = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0))
