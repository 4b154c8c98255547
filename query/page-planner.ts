/** Ways to page and count a list other than by the entity's own table. */
import type { ListShape } from './compile.ts'
import type { Scope, Sql } from './expressions.ts'

/** What a page is made of: its ids, and the count of all that match. */
export interface Page {
  before?: Sql
  page: Sql
  count: Sql
}

/** How the rows of a list are listed, whatever they come from. */
export interface Listing {
  /** What a row is called. */
  row: string
  /** `select` with its id and what it is ordered by. */
  listed: Sql
  /** What puts them in order, and cuts the page. */
  paged: Sql
  /** What the first of the things that it is ordered by is called. */
  key: Sql
}

/** @returns undefined for lists that it cannot page. */
export type PagePlanner = (scope: Scope, shape: ListShape, listing: Listing) => Page | undefined
