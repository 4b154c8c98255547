import { Problem } from '../../../framework/problem.ts'

/** @throws Problem `not_found` if one of the ids is not a zone of the set. */
export function zonesOfSet(zones: readonly string[], ids: string[]): string[] {
  const missing = ids.find((id) => !zones.includes(id))
  if (missing) throw new Problem('not_found', `Service Zone with id: ${missing} was not found`)
  return ids
}
