/** The inputs of shipping options, and their rows. */
import type { MakeId } from '../../framework/workflow/ulid.ts'
import type { ShippingOption, ShippingOptionRule, ShippingOptionType } from '../../modules/fulfillment/models.ts'
import type { NewShippingOption, ShippingOptionChange } from '../../modules/fulfillment/service.ts'
import type { ShippingPrice } from '../../modules/pricing/rules/shipping-prices.ts'

interface Parts {
  /** The id of an existing type. */
  type_id?: string | undefined
  /** A new type, instead of `type_id`. */
  type?: (Pick<ShippingOptionType, 'label' | 'code'> & Partial<Pick<ShippingOptionType, 'description'>>) | undefined
  prices?: ShippingPrice[] | undefined
  rules?: ({ id?: string | undefined } & Pick<ShippingOptionRule, 'attribute' | 'operator' | 'value'>)[] | undefined
}

type Columns = Pick<ShippingOption, 'name' | 'price_type' | 'service_zone_id' | 'shipping_profile_id' | 'provider_id'>
type Optional = Partial<Pick<ShippingOption, 'data' | 'metadata'>>

export type ShippingOptionInput = Parts &
  Columns &
  Optional &
  ({ type_id: string } | { type: NonNullable<Parts['type']> })

export type ShippingOptionUpdate = Parts & Partial<Omit<Columns, 'service_zone_id'>> & Optional & { id: string }

export function optionRow({ type_id, ...option }: ShippingOptionInput, newId: MakeId): NewShippingOption {
  const { type, rules, prices: _, ...columns } = option
  const own = type && { ...type, id: newId('sotype') }
  return {
    ...columns,
    ...partRows({ type: own, rules }, newId),
    id: newId('so'),
    shipping_option_type_id: own?.id ?? type_id!,
  }
}

export function optionChange(
  { type_id, type, rules, prices: _, ...columns }: ShippingOptionUpdate,
  newId: MakeId,
): ShippingOptionChange {
  const own = type && { ...type, id: newId('sotype') }
  const shipping_option_type_id = own?.id ?? type_id
  return {
    ...columns,
    ...partRows({ type: own, rules }, newId),
    ...(shipping_option_type_id && { shipping_option_type_id }),
  }
}

function partRows<T>({ type, rules }: { type: T; rules: Parts['rules'] }, newId: MakeId) {
  return {
    ...(type && { type }),
    ...(rules && { rules: rules.map((rule) => ({ ...rule, id: rule.id ?? newId('sorul') })) }),
  }
}
