/** What an error of Postgres means to the one who asked, in the texts of the HTTP API (`api/http-semantics.md` 4.2). */
import { brokenReference, Problem } from '../problem.ts'
import { type Model, titleOf } from './model.ts'

interface PostgresError {
  code?: string
  message?: string
  detail?: string
  table?: string
  column?: string
  constraint?: string
}

/** Of values that no column can hold, whatever the tables. */
const UNSTORABLE: Record<string, string> = {
  '22021': 'The request has characters that cannot be stored, such as NUL',
  '22P05': 'The request has characters that cannot be stored, such as NUL',
  '22P02': 'The request has characters that cannot be stored, such as NUL',
  '22003': 'The request has a number that is out of range',
  '22007': 'The request has a date that is not valid',
  '22008': 'The request has a date that is out of range',
  '54000': 'The request has a value that is too long',
}

/** The refusal of values that the database cannot hold at all; undefined where something else is wrong. */
export function unstorable(error: unknown): Problem | undefined {
  const text = UNSTORABLE[(error as PostgresError | undefined)?.code ?? '']
  return text === undefined ? undefined : new Problem('invalid_data', text)
}

/** What a statement, or the commit, refuses: a constraint of these models, or a value; undefined where it is a fault. */
export function refusalOf(models: Readonly<Record<string, Model>>, error: unknown): Problem | undefined {
  const { code, detail = '', table = '', column, constraint } = (error ?? {}) as PostgresError
  if (code === '23505') {
    const [, keys, values] = /^Key \((.+)\)=\((.*)\) already exists/s.exec(detail) ?? []
    return new Problem('invalid_data', `${titleOf(table)} with ${keys}: ${values}, already exists.`)
  }
  if (code === '23503') return referred(models, error as PostgresError)
  if (code === '23502') return new Problem('invalid_data', `Cannot set field '${column}' of ${titleOf(table)} to null`)
  if (code === '23514') return new Problem('not_allowed', `${nameOf(models, table)}: ${constraint}`)
  return unstorable(error)
}

/** Of a foreign key: what it refers to is not there, or is still referred to. */
function referred(models: Readonly<Record<string, Model>>, { detail = '', message = '' }: PostgresError): Problem {
  const [, key, value] = /^Key \((.+)\)=\((.*)\) is not present/s.exec(detail) ?? []
  if (key) return brokenReference(key, value!)
  const [, parent = ''] = /^update or delete on table "([^"]+)"/.exec(message) ?? []
  return new Problem('not_allowed', `${nameOf(models, parent)} cannot be deleted: it is still referred to. ${detail}`)
}

function nameOf(models: Readonly<Record<string, Model>>, table: string): string {
  return Object.values(models).find((model) => model.table === table)?.title ?? table
}

/** The refusal of an id, or another key, that is not there. */
export function notFound(model: Model, id: string, key = 'id'): Problem {
  return new Problem('not_found', `${model.title} with ${key}: ${id} was not found`)
}
