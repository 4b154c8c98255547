/** Converts Postgres errors to problems with the texts of the HTTP API (`docs/http-api.md`, Errors). */
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

/** SQLSTATEs of values that no column can hold → the text of the refusal. */
const VALUE_ERRORS: Record<string, string> = {
  '22021': 'The request has characters that cannot be stored, such as NUL',
  '22P05': 'The request has characters that cannot be stored, such as NUL',
  '22P02': 'The request has characters that cannot be stored, such as NUL',
  '22003': 'The request has a number that is out of range',
  '22007': 'The request has a date that is not valid',
  '22008': 'The request has a date that is out of range',
  '54000': 'The request has a value that is too long',
}

/** The problem if Postgres cannot store a value; undefined for other errors. */
export function valueProblem(error: unknown): Problem | undefined {
  const text = VALUE_ERRORS[(error as PostgresError | undefined)?.code ?? '']
  return text === undefined ? undefined : new Problem('invalid_data', text)
}

/** The problem if a constraint of these models is violated or a value cannot be stored; undefined if the error is a fault. */
export function postgresProblem(models: Readonly<Record<string, Model>>, error: unknown): Problem | undefined {
  const { code, detail = '', table = '', column, constraint } = (error ?? {}) as PostgresError
  if (code === '23505') {
    const [, keys, values] = /^Key \((.+)\)=\((.*)\) already exists/s.exec(detail) ?? []
    return new Problem('invalid_data', `${titleOf(table)} with ${keys}: ${values}, already exists.`)
  }
  if (code === '23503') return foreignKeyProblem(models, error as PostgresError)
  if (code === '23502') return new Problem('invalid_data', `Cannot set field '${column}' of ${titleOf(table)} to null`)
  if (code === '23514') return new Problem('not_allowed', `${titleOfTable(models, table)}: ${constraint}`)
  return valueProblem(error)
}

/** A row that is referred to does not exist, or a row to delete is still referred to. */
function foreignKeyProblem(
  models: Readonly<Record<string, Model>>,
  { detail = '', message = '' }: PostgresError,
): Problem {
  const [, key, value] = /^Key \((.+)\)=\((.*)\) is not present/s.exec(detail) ?? []
  if (key) return brokenReference(key, value!)
  const [, parent = ''] = /^update or delete on table "([^"]+)"/.exec(message) ?? []
  return new Problem(
    'not_allowed',
    `${titleOfTable(models, parent)} cannot be deleted: it is still referred to. ${detail}`,
  )
}

function titleOfTable(models: Readonly<Record<string, Model>>, table: string): string {
  return Object.values(models).find((model) => model.table === table)?.title ?? table
}

/** The problem if a row does not exist. */
export function notFound(model: Model, id: string, key = 'id'): Problem {
  return new Problem('not_found', `${model.title} with ${key}: ${id} was not found`)
}
