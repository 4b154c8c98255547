/** `defineTally`: counts rows of an entity as they are written, so that lists know their count without reading the rows. */

/** Counts the rows of an entity by columns and links. */
export interface Tally {
  kind: 'tally'
  entity: string
  /** Columns of few values, such as a status. */
  columns: readonly string[]
  /** A link with a table of its own, its column with the entity's id and its other column. */
  link: { table: string; mine: string; theirs: string }
}

/**
 * Declares a tally, which counts and pages lists of an entity, also with filters on these columns and links
 * (`docs/decisions/0055-tallies.md`).
 *
 * @example defineTally({ entity: 'product', columns: ['status'], link: { table: 'product_sales_channel', mine: 'product_id', theirs: 'sales_channel_id' } })
 */
export function defineTally(tally: Omit<Tally, 'kind'>): Tally {
  return { ...tally, kind: 'tally' }
}

/** The tables of an entity's tally, in the schema `turri`. */
export const tallyTables = (entity: string) => ({
  /** The bucket of each row of the entity; null if the row is deleted. */
  row: `tally_${entity}`,
  /** The buckets: each combination of columns and links that has occurred. */
  bucket: `tally_${entity}_bucket`,
  /** Differences, whose sum is the number of rows of a bucket. */
  count: `tally_${entity}_count`,
})
