import { newId } from '../../framework/workflow/index.ts'
import { write } from '../steps.ts'

export interface CreateLocationFulfillmentSetInput {
  location_id: string
  fulfillment_set: { name: string; type: string }
}

/** Adds a way in which a location hands things over; nothing where the location is not there. */
export async function createLocationFulfillmentSet(input: CreateLocationFulfillmentSetInput): Promise<string> {
  const set = { ...input.fulfillment_set, id: newId('fuset') }
  await write.createFulfillmentSets([set])
  await write.changeLinks({
    exist: { stock_location: [input.location_id] },
    changes: [
      {
        link: 'location_fulfillment_set',
        add: [{ stock_location_id: input.location_id, fulfillment_set_id: set.id }],
      },
    ],
  })
  return set.id
}
