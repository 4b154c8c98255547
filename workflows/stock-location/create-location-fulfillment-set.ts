import { write } from '../steps.ts'

export interface CreateLocationFulfillmentSetInput {
  location_id: string
  fulfillment_set: { name: string; type: string }
}

/** Refused if the location does not exist. */
export async function createLocationFulfillmentSet(input: CreateLocationFulfillmentSetInput): Promise<string> {
  return write.createLocationFulfillmentSet(input)
}
