import { hasActor, identityTaken } from '../../../modules/auth/rules/identity.ts'

test.each([
  [{ user_id: 'user_1' }, true],
  [{ roles: [], customer_id: 'cus_1' }, true],
  [{ user_id: '' }, true], // the key alone tells
  [{ roles: ['admin'] }, false],
  [{ id: 'user_1', user_id_old: 'user_1' }, false],
  [{}, false],
  [null, false],
])('with the metadata %j an identity is an actor of the shop: %p', (metadata, expected) => {
  expect(hasActor(metadata)).toBe(expected)
})

test('who registers what is taken is not let in, and not told whose it is', () => {
  expect(identityTaken().toJSON()).toEqual({ type: 'unauthorized', message: 'Identity with email already exists' })
})
