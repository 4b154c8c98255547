import { hook } from '../../framework/workflow/index.ts'
import type { DeletedIds, RowsWithData } from '../hook-inputs.ts'

export const campaignsCreated = hook<RowsWithData<'campaigns'>>('campaignsCreated')
export const campaignsUpdated = hook<RowsWithData<'campaigns'>>('campaignsUpdated')
export const campaignsDeleted = hook<DeletedIds>('campaignsDeleted')
export const promotionsCreated = hook<RowsWithData<'promotions'>>('promotionsCreated')
export const promotionsUpdated = hook<RowsWithData<'promotions'>>('promotionsUpdated')
export const promotionsDeleted = hook<DeletedIds>('promotionsDeleted')
export const promotionStatusUpdated = hook<RowsWithData<'promotions'>>('promotionStatusUpdated')
