import { hook } from '../../framework/workflow/index.ts'
import type { Rows } from '../hook-inputs.ts'

export const stockLocationsCreated = hook<Rows<'stock_locations'>>('stockLocationsCreated')
