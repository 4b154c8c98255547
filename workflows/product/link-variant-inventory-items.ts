import { write } from '../steps.ts'

type Pair = { variant_id: string; inventory_item_id: string }

type Needed = Pair & { required_quantity: number }

export interface LinkVariantInventoryItemsInput {
  create?: Needed[]
  update?: Needed[]
  delete?: Pair[]
}

/** Of which items in stock a shopper gets how many with a variant. Linking what is linked changes the quantity. */
export async function linkVariantInventoryItems(input: LinkVariantInventoryItemsInput): Promise<void> {
  const pairs = [...(input.create ?? []), ...(input.update ?? [])]
  await write.changeLinks({
    exist: {
      product_variant: pairs.map(({ variant_id }) => variant_id),
      inventory_item: pairs.map(({ inventory_item_id }) => inventory_item_id),
    },
    changes: [
      {
        link: 'product_variant_inventory_item',
        add: pairs,
        remove: (input.delete ?? []).map(({ variant_id, inventory_item_id }) => ({ variant_id, inventory_item_id })),
      },
    ],
  })
}
