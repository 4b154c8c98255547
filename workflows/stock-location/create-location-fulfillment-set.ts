import { newId } from '../../framework/workflow/index.ts'
import { together } from '../steps.ts'

export interface CreateLocationFulfillmentSetInput {
  location_id: string
  fulfillment_set: { name: string; type: string }
}

/**
 * Adds a way in which a location hands things over; nothing where the location is not there. It is one step: the name of a set that is
 * refused is taken from nobody.
 */
export async function createLocationFulfillmentSet(input: CreateLocationFulfillmentSetInput): Promise<string> {
  const set = { ...input.fulfillment_set, id: newId('fuset') }
  const add = [{ stock_location_id: input.location_id, fulfillment_set_id: set.id }]
  await together((write) => {
    write.createFulfillmentSets([set])
    write.changeLinks({
      exist: { stock_location: [input.location_id] },
      changes: [{ link: 'location_fulfillment_set', add }],
    })
  })
  return set.id
}
