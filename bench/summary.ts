/** What a run has measured, as the rows of `docs/figures.md`: each a ratio within the run. */

/** A line as the scripts print it. */
export interface Line {
  what?: string
  concurrency?: number
  per_s?: number
  products_per_s?: number
  ms?: { p50?: number | null; p95?: number | null } | number
  rss?: number
  [more: string]: unknown
}

const CLIENTS = 8

type Row = [what: string, ratio: string | undefined, measured: string | undefined, towards: string]

/** The rows for which the run has figures. */
export function summaryOf(lines: readonly Line[]): string {
  const find = (start: string, concurrency?: number) =>
    lines.find(
      (line) => line.what?.startsWith(start) && (concurrency === undefined || line.concurrency === concurrency),
    )
  const perSecond = (start: string) => find(start, CLIENTS)?.per_s
  const p50 = (start: string) => {
    const ms = find(start, 1)?.ms
    return typeof ms === 'object' ? (ms.p50 ?? undefined) : undefined
  }
  const ready = find('spawn to ready')?.ms
  const create = 'POST /admin/products (2 variants)'
  const empty = p50('POST /admin/nothing')
  const rows: Row[] = [
    share(
      'list of 20 products with prices',
      perSecond('GET /store/products?limit=20'),
      perSecond('list: the same SQL'),
      '75 %',
    ),
    share('one product with prices', perSecond('GET /store/products/:id'), perSecond('product: the same SQL'), 'keep'),
    times('change of one step, one client', p50('POST /admin/brands'), empty, '1.5 or less'),
    times('product created, one client', p50(create), empty, 'keep'),
    [`products created, ${CLIENTS} clients`, undefined, unit(perSecond(create), 'per s'), 'keep'],
    batch(find('POST /admin/products/batch')?.products_per_s, perSecond(create)),
    [
      'spawn to ready, bundle cached',
      undefined,
      typeof ready === 'number' ? unit(ready / 1000, 's') : undefined,
      '3 s',
    ],
    ['memory of API and worker after load', undefined, unit(find('memory of API')?.rss, 'MiB'), '450 MiB'],
  ]
  const shown = rows.filter(([, , measured]) => measured !== undefined)
  const header: Row = ['promise', 'ratio in this run', 'measured', 'towards']
  return ['', ...[header, ...shown].map(lineOf)].join('\n')
}

function share(what: string, measured: number | undefined, bare: number | undefined, towards: string): Row {
  const ratio = measured && bare && `${Math.round((100 * measured) / bare)} % of bare pg`
  return [`${what}, ${CLIENTS} clients`, ratio || undefined, unit(measured, 'per s'), towards]
}

function times(what: string, measured: number | undefined, empty: number | undefined, towards: string): Row {
  const ratio = measured && empty && `${(measured / empty).toFixed(1)} × an empty workflow`
  return [what, ratio || undefined, unit(measured, 'ms'), towards]
}

function batch(perSecond: number | undefined, alone: number | undefined): Row {
  const ratio = perSecond && alone && `${Math.round(perSecond / alone)} × one by one`
  return ['products created, 100 in a batch', ratio || undefined, unit(perSecond, 'per s'), 'keep']
}

const unit = (value: number | undefined, name: string) =>
  value === undefined ? undefined : `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${name}`

const lineOf = ([what, ratio = '', measured = '', towards]: Row) =>
  `  ${what.padEnd(44)}${ratio.padEnd(26)}${measured.padEnd(12)}${towards}`
