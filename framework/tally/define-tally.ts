/** `defineTally`: what of an entity is counted as it is written, so that its lists know how many there are without looking. */

/** Rows of an entity are counted by these columns and by what they are linked to. */
export interface Tally {
  kind: 'tally'
  entity: string
  /** Columns of few values, such as a status. */
  columns: readonly string[]
  /** A link with a table of its own, and the columns of the entity's ids and of those that it is linked to. */
  link: { table: string; mine: string; theirs: string }
}

/**
 * Declares that lists of an entity, all of them or those of some values of its columns and links, are counted and paged by a tally
 * (`docs/decisions/0055-tallies.md`).
 *
 * @example defineTally({ entity: 'product', columns: ['status'], link: { table: 'product_sales_channel', mine: 'product_id', theirs: 'sales_channel_id' } })
 */
export function defineTally(tally: Omit<Tally, 'kind'>): Tally {
  return { ...tally, kind: 'tally' }
}

/** The tables of an entity's tally, in the schema `turri`. */
export const tallyTables = (entity: string) => ({
  /** A row for each of the entity: its id and its bucket; the bucket is null while it is not there. */
  row: `tally_${entity}`,
  /** A row for each combination of columns and links that there has been. */
  bucket: `tally_${entity}_bucket`,
  /** How many there are of each bucket: the sum of these. */
  count: `tally_${entity}_count`,
})
