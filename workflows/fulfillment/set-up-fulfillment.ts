import { newId } from '../../framework/workflow/index.ts'
import { write } from '../steps.ts'

/** What a shop needs to ship: its providers, and a profile. What is there already is left; after providers were configured, run it again. */
export async function setUpFulfillment(): Promise<void> {
  await write.setUpFulfillment({ id: newId('sp'), name: 'Default Shipping Profile', type: 'default' })
}
