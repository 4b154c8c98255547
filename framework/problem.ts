/** What can be refused, said once, where it is known. Free of Node: workflows, services and the API share it. */

/** The kinds of refusal; `statusOf` in `framework/http/problems.ts` gives each its HTTP status. */
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

/** A refusal as it travels: through Temporal as a failure's detail or a workflow's answer, over HTTP as the body. */
export interface ProblemBody {
  type: ProblemType
  message: string
  code?: string
}

/**
 * A named refusal: the change was understood and is not done. Everything else that is thrown is a fault.
 *
 * @example throw new Problem('not_allowed', 'The CMS is full.', 'CMS_REFUSED')
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly type: ProblemType
  /** `SUBJECT_STATE`, where clients should be able to tell this refusal from its kin. */
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

/** What can be stored of a text: half a pair of UTF-16, which a request may bring, is none to Temporal nor to Postgres. */
export const storableText = (message: string): string => message.toWellFormed()

/** What an error says, as a text that can be stored. */
export const messageOf = (error: unknown): string =>
  storableText(error instanceof Error ? error.message : String(error))

/** The same with the kind of error, for what is a bug. */
export const faultTextOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${messageOf(error)}` : messageOf(error)

/** The refusal of a change of a row that is not there (`api/http-semantics.md` 4.2). */
export function nothingToUpdate(title: string, id: string): Problem {
  return new Problem('not_found', `${title.replaceAll(' ', '')} with id "${id}" not found`)
}

/** What a decision was made on is no longer so by the time it is written: `anew` decides again. */
export const CHANGED_MEANWHILE = 'CHANGED_MEANWHILE'

/** The refusal of a change that was decided on what has changed since. */
export function changedMeanwhile(title: string, id: string): Problem {
  return new Problem('conflict', `${title} with id: ${id} has been changed by somebody else`, CHANGED_MEANWHILE)
}

/** The refusal of a row that refers to one that is not there; `key` is the column that says which. */
export function brokenReference(key: string, value: string): Problem {
  return new Problem('not_found', `You tried to set relationship ${key}: ${value}, but such entity does not exist`)
}

/** Whether a workflow's answer is a refusal. */
export function isRefusal(answer: unknown): answer is { problem: ProblemBody } {
  const problem = (answer as { problem?: ProblemBody } | null)?.problem
  return typeof problem?.type === 'string' && typeof problem.message === 'string'
}
