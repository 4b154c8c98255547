import { hook } from '../../framework/workflow/index.ts'
import type { Rows } from '../hook-inputs.ts'

export const apiKeysCreated = hook<Rows<'api_keys'>>('apiKeysCreated')
