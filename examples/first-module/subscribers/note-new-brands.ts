import { type ChangeEvent, newId, steps } from 'turritopsis/framework/workflow'
import type { Activities } from '../turri.config.ts'

const { write } = steps<Activities>()

/** Remembers every brand that is created, once each. */
export async function noteNewBrands({ data }: ChangeEvent<{ id: string }>): Promise<void> {
  await write.createNotes([{ id: newId('note'), title: `A new brand: ${data.id}` }])
}
noteNewBrands.events = ['brand.created']
