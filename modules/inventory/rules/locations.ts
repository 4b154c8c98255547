import { Problem } from '../../../framework/problem.ts'

/** The change, where all places of its levels are there. @throws Problem `not_found` */
export function existingLocations<C>(change: C, levels: { location_id: string }[], there: string[]): C {
  const missing = levels.find(({ location_id }) => !there.includes(location_id))
  if (!missing) return change
  throw new Problem('not_found', `Stock Location with id: ${missing.location_id} was not found`)
}
