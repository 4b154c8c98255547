import { decodeJwt } from 'jose'
import { userAccountOf } from '../../../cli/user-account.ts'
import { createUserAccount } from '../../../workflows/user/create-user-account.ts'
import { createWorld, type World } from '../../support/index.ts'
import { whileHeld } from '../../support/rivals.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.stop())

const PASSWORD = 'a password of somebody'
const add = async (email: string, password = PASSWORD) =>
  world.run(createUserAccount, await userAccountOf({ email, password, first_name: 'Ada' }, world.config.secrets))
const login = (email: string, password = PASSWORD) =>
  world.request('POST', '/auth/user/emailpass', { email, password }, { authorization: '' })

test('users are listed, searched, retrieved and updated', async () => {
  const { id } = await add('Ada@World.test')
  const { body } = await world.request('GET', '/admin/users?q=ada')
  expect(body).toEqual({
    users: [
      {
        id,
        first_name: 'Ada',
        last_name: '',
        email: 'ada@world.test',
        avatar_url: null,
        metadata: null,
        created_at: expect.any(String),
        updated_at: expect.any(String),
        deleted_at: null,
      },
    ],
    count: 1,
    offset: 0,
    limit: 50,
  })
  const changed = await world.request('POST', `/admin/users/${id}`, { last_name: 'Lovelace', first_name: null })
  expect(changed.body.user).toMatchObject({ id, last_name: 'Lovelace', first_name: null })
  expect(await world.request('POST', `/admin/users/${id}`, { email: 'x@y.test' })).toMatchObject({
    status: 400,
    body: { message: "Invalid request: Unrecognized fields: 'email'" },
  })
  expect((await world.request('POST', '/admin/users', {})).status).toBe(404)
  expect((await world.request('GET', '/admin/users/user_none')).body).toEqual({
    type: 'not_found',
    message: 'User with id: user_none was not found',
  })
  const events = await world.sql(`select name from turri.event where data ->> 'id' = $1 order by id`, [id])
  expect(events.map(({ name }) => name)).toEqual(['user.created', 'user.updated'])
})

test('a deleted user loses access with the next request and can be added again', async () => {
  const { id } = await add('gone@world.test')
  const { token } = (await login('gone@world.test')).body
  const asThem = { authorization: `Bearer ${token}` }
  expect((await world.request('GET', '/admin/users', undefined, asThem)).status).toBe(200)
  expect(await world.request('DELETE', `/admin/users/${id}`, undefined, asThem)).toMatchObject({
    status: 400,
    body: { type: 'not_allowed', message: 'A user cannot delete itself' },
  })
  expect((await world.request('DELETE', `/admin/users/${id}`)).body).toEqual({ id, object: 'user', deleted: true })
  expect((await world.request('GET', '/admin/users', undefined, asThem)).status).toBe(401)
  expect((await world.request('POST', '/auth/token/refresh', undefined, asThem)).status).toBe(401)
  expect((await login('gone@world.test')).status).toBe(401)
  expect((await world.request('DELETE', `/admin/users/${id}`)).status).toBe(404)
  await add('gone@world.test', 'another password')
  expect((await login('gone@world.test', 'another password')).status).toBe(200)
})

test('of five concurrent users with one email, one is created and the others leave no rows', async () => {
  const count = async () => (await world.sql('select from auth.auth_identity')).length
  const before = await count()
  const given = await userAccountOf({ email: 'race@world.test', password: PASSWORD }, world.config.secrets)
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(() => world.run(createUserAccount, given)))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused).toHaveLength(4)
  for (const { reason } of refused) {
    expect(reason.toJSON()).toEqual({
      type: 'invalid_data',
      message: 'User with email: race@world.test, already exists.',
    })
  }
  expect(await count()).toBe(before + 1)
})

test('an identity registered earlier with the email of a new user gives no access', async () => {
  const credentials = { email: 'squat@world.test', password: 'the password of a squatter' }
  const squatted = await world.request('POST', '/auth/user/emailpass/register', credentials, { authorization: '' })
  const { id } = await add('squat@world.test')
  expect((await login('squat@world.test', credentials.password)).status).toBe(401)
  const asSquatter = { authorization: `Bearer ${squatted.body.token}` }
  expect((await world.request('POST', '/auth/token/refresh', undefined, asSquatter)).status).toBe(401)
  expect(decodeJwt((await login('squat@world.test')).body.token).actor_id).toBe(id)
})

test('an identity that has an actor is not replaced: the change is undone', async () => {
  const credentials = { email: 'customer@world.test', password: 'the password of a customer' }
  const { body } = await world.request('POST', '/auth/customer/emailpass/register', credentials)
  const { auth_identity_id } = decodeJwt(body.token)
  await world.sql(`update auth.auth_identity set app_metadata = '{"customer_id": "cus_1"}' where id = $1`, [
    auth_identity_id,
  ])
  await expect(add('customer@world.test')).rejects.toThrow('Identity with email already exists')
  expect((await world.request('GET', '/admin/users?email=customer@world.test')).body.count).toBe(0)
  const asCustomer = await world.request('POST', '/auth/customer/emailpass', credentials)
  expect(decodeJwt(asCustomer.body.token).actor_id).toBe('cus_1')
})

test('a user and its login appear and disappear together', async () => {
  const lock = 'lock table auth.provider_identity in access exclusive mode'
  await whileHeld(
    world,
    lock,
    () => add('half@world.test'),
    async () => expect((await world.request('GET', '/admin/users?email=half@world.test')).body.count).toBe(0),
  )
  expect((await login('half@world.test')).status).toBe(200)
})
