import { Problem } from '../../../framework/problem.ts'

/** Whether an identity belongs to an actor, such as a user or customer. */
export function hasActor(appMetadata: Record<string, unknown> | null): boolean {
  return Object.keys(appMetadata ?? {}).some((name) => name.endsWith('_id'))
}

export function identityTaken(): Problem {
  return new Problem('unauthorized', 'Identity with email already exists')
}
