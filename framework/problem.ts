/** Problems: expected refusals, shared by workflows, services and the API. Free of Node. */

/** The kinds of refusal; `framework/http/problems.ts` maps each to an HTTP status. */
export type ProblemType =
  | 'invalid_data'
  | 'not_allowed'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'duplicate_error'
  | 'payment_authorization_error'
  | 'unexpected_state'
  | 'unavailable'

/** A serialized problem: in Temporal the detail of a failure or the answer of a workflow, over HTTP the body. */
export interface ProblemBody {
  type: ProblemType
  message: string
  code?: string
}

/**
 * A refusal: the request was understood but is not done. Every other error is a fault.
 *
 * @example throw new Problem('not_allowed', 'The CMS is full.', 'CMS_REFUSED')
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly type: ProblemType
  /** `SUBJECT_STATE`, if clients should be able to recognise this refusal. */
  readonly code?: string

  constructor(type: ProblemType, message: string, code?: string) {
    super(storableText(message))
    this.type = type
    if (code) this.code = code
  }

  static from(body: ProblemBody): Problem {
    return new Problem(body.type, body.message, body.code)
  }

  toJSON(): ProblemBody {
    return { type: this.type, message: this.message, ...(this.code && { code: this.code }) }
  }
}

/** Replaces lone surrogates, which a request may contain but neither Temporal nor Postgres can store. */
export const storableText = (message: string): string => message.toWellFormed()

/** The message of an error, as a text that can be stored. */
export const messageOf = (error: unknown): string =>
  storableText(error instanceof Error ? error.message : String(error))

/** Name and message of an error, for bugs. */
export const faultMessageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${messageOf(error)}` : messageOf(error)

/** The problem if a row to update does not exist (`docs/http-api.md`, Errors). */
export function nothingToUpdate(title: string, id: string): Problem {
  return new Problem('not_found', `${title.replaceAll(' ', '')} with id "${id}" not found`)
}

/** The problem if a row refers to a row that does not exist; `key` is the foreign key column. */
export function brokenReference(key: string, value: string): Problem {
  return new Problem('not_found', `You tried to set relationship ${key}: ${value}, but such entity does not exist`)
}

/** Whether a workflow's answer is a refusal. */
export function isRefusal(answer: unknown): answer is { problem: ProblemBody } {
  const problem = (answer as { problem?: ProblemBody } | null)?.problem
  return typeof problem?.type === 'string' && typeof problem.message === 'string'
}
