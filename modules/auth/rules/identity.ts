import { Problem } from '../../../framework/problem.ts'

/** Whether an identity is an actor of this shop, of whatever type. */
export function isSomebody(appMetadata: Record<string, unknown> | null): boolean {
  return Object.keys(appMetadata ?? {}).some((name) => name.endsWith('_id'))
}

/** The refusal of a registration by what somebody else is known by. */
export function identityTaken(): Problem {
  return new Problem('unauthorized', 'Identity with email already exists')
}
