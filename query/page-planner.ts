/** Ways to page and count a list other than by the entity's own table. */
import type { ListShape } from './compile.ts'
import type { Scope, Sql } from './expressions.ts'

/** The parts of a page's statement: the ids of its rows and the count of all matches. */
export interface Page {
  before?: Sql
  page: Sql
  count: Sql
}

/** The clauses of a list that do not depend on where its rows come from. */
export interface ListClauses {
  /** The alias of a row. */
  row: string
  /** `select` with the id and the order keys. */
  listed: Sql
  /** `order by … limit … offset …` */
  paged: Sql
  /** The name of the first order key. */
  key: Sql
}

/** @returns undefined for lists that it cannot page. */
export type PagePlanner = (scope: Scope, shape: ListShape, clauses: ListClauses) => Page | undefined
