import { newId } from '../../framework/workflow/index.ts'
import { write } from '../steps.ts'

/** Creates the rows of the configured providers and a default shipping profile. Safe to repeat; run it after providers change. */
export async function setUpFulfillment(): Promise<void> {
  await write.setUpFulfillment({ id: newId('sp'), name: 'Default Shipping Profile', type: 'default' })
}
