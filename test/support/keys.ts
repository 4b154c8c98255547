/** A key with this id. */
import { newKey } from '../../framework/temporal/keys.ts'

export const keyNamed = (id: string): string => `${id}:${newKey().split(':')[1]}`
