import { newId, steps } from 'turritopsis/framework/workflow'
import { productsCreated } from 'turritopsis/hooks'
import type { Activities } from '../turri.config.ts'

const { write } = steps<Activities>()

/** Adds a note to a product that comes with one: `"additional_data": { "note": "Ask for samples" }`. Both, or neither. */
export const noteNewProducts = productsCreated.handle(async ({ products, additional_data }) => {
  const title = additional_data?.note
  if (typeof title !== 'string') return
  await write.createNotes(products.map(({ id }) => ({ id: newId('note'), title, body: id })))
})
