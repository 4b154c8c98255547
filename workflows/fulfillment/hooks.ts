import { hook } from '../../framework/workflow/index.ts'
import type { DeletedIds, Rows } from '../hook-inputs.ts'

export const shippingOptionTypesCreated = hook<Rows<'shipping_option_types'>>('shippingOptionTypesCreated')
export const shippingOptionTypesUpdated = hook<Rows<'shipping_option_types'>>('shippingOptionTypesUpdated')
export const shippingOptionTypesDeleted = hook<DeletedIds>('shippingOptionTypesDeleted')
