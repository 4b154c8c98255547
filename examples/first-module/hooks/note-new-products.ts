import { newId, steps } from 'turritopsis/framework/workflow'
import { productsCreated } from 'turritopsis/hooks'
import type { Activities } from '../turri.config.ts'

const { write } = steps<Activities>()

/** Creates a note with products whose request has one: `"additional_data": { "note": "Ask for samples" }`. */
export const noteNewProducts = productsCreated.handle(async ({ products, additional_data }) => {
  const title = additional_data?.note
  if (typeof title !== 'string') return
  await write.createNotes(products.map(({ id }) => ({ id: newId('note'), title, body: id })))
})
