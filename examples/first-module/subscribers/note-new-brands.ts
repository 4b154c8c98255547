import { type ChangeEvent, newId, steps } from 'turritopsis/framework/workflow'
import { shape } from '../shape.ts'
import type { Activities } from '../turri.config.ts'

const { read, write } = steps<Activities>()

const BrandToNote = shape('brand', { name: true, handle: true })

/** Creates a note for every new brand, once each, unless the brand has been deleted since. */
export async function noteNewBrands({ data }: ChangeEvent<{ id: string }>): Promise<void> {
  const [brand] = await read.query(BrandToNote, { id: data.id })
  if (!brand) return
  await write.createNotes([{ id: newId('note'), title: `A new brand: ${brand.name}`, body: data.id }])
}
noteNewBrands.events = ['brand.created']
