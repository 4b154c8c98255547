/** Keys for tests; their ids say which is which. */
import { newKey } from '../../framework/temporal/keys.ts'

export const keyNamed = (id: string): string => `${id}:${newKey().split(':')[1]}`
