import { Problem } from '../../../framework/problem.ts'

/** @throws Problem `not_found` if the location of a level does not exist. */
export function existingLocations<C>(change: C, levels: { location_id: string }[], existing: string[]): C {
  const missing = levels.find(({ location_id }) => !existing.includes(location_id))
  if (!missing) return change
  throw new Problem('not_found', `Stock Location with id: ${missing.location_id} was not found`)
}
