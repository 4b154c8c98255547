import type { Context } from 'hono'
import { metadata, times } from '../../framework/http/fields.ts'
import * as filter from '../../framework/http/filters.ts'
import {
  answerOne,
  answerPage,
  listingOf,
  listQuery,
  pageOf,
  parametersOf,
  retrieveQuery,
  retrievingOf,
} from '../../framework/http/list-query.ts'
import {
  type AppEnv,
  createRouter,
  idempotencyHeader,
  json,
  type Router,
  route,
  z,
} from '../../framework/http/router.ts'
import { Problem } from '../../framework/problem.ts'
import { removeUserAccounts } from '../../workflows/user/remove-user-accounts.ts'
import { updateUsers } from '../../workflows/user/update-users.ts'

const path = '/admin/users'
const tags = ['users']
const columns = {
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  avatar_url: z.string().nullable(),
  metadata: metadata(),
}
const UserChange = z.strictObject(columns).partial().openapi('UserChange')
const User = z
  .looseObject({
    id: z.string().openapi({ example: 'user_01JD6ZK1B3V6QJ0M4T8N2C5XYZ' }),
    email: z.string(),
    ...columns,
    ...times(),
  })
  .openapi('User')

const fields = {
  defaults: [
    'id',
    'first_name',
    'last_name',
    'email',
    'avatar_url',
    'metadata',
    'created_at',
    'updated_at',
    'deleted_at',
  ],
}
const name = () => z.string().nullable().optional()
const asked = listQuery({
  filters: {
    email: name(),
    first_name: name(),
    last_name: name(),
    created_at: filter.date(),
    updated_at: filter.date(),
    deleted_at: filter.date(),
  },
})

const Id = z.object({ id: z.string() })
const envelope = { 200: json(z.object({ user: User }), 'The user'), 404: { description: 'There is no such user' } }
const parameters = parametersOf(retrieveQuery())

const list = route({
  method: 'get',
  path,
  tags,
  summary: 'List users',
  parameters: parametersOf(asked),
  responses: { 200: json(pageOf('users', User), 'A page of users; count is that of all matches') },
})
const me = route({
  method: 'get',
  path: `${path}/me`,
  tags,
  summary: 'Retrieve the user who asks',
  parameters,
  responses: envelope,
})
const retrieve = route({
  method: 'get',
  path: `${path}/{id}`,
  tags,
  summary: 'Retrieve a user',
  parameters,
  request: { params: Id },
  responses: envelope,
})
const update = route({
  method: 'post',
  path: `${path}/{id}`,
  tags,
  summary: 'Update a user',
  parameters,
  request: { headers: idempotencyHeader, params: Id, body: json(UserChange, 'What changes') },
  responses: envelope,
})
const remove = route({
  method: 'delete',
  path: `${path}/{id}`,
  tags,
  summary: 'Delete a user',
  description: 'They are let in no more, from the next request on. Nobody deletes themselves.',
  request: { headers: idempotencyHeader, params: Id },
  responses: {
    200: json(z.object({ id: z.string(), object: z.string(), deleted: z.boolean() }), 'It is deleted'),
    404: { description: 'There is no such user' },
  },
})

export const users = createRouter()
  .openapi(list, async (c) => {
    const listing = listingOf(c, asked, fields)
    return answerPage(c, 'users', await c.var.query.listJson('user', listing), listing)
  })
  .openapi(me, (c) => answer(c, c.var.actor.id))
  .openapi(retrieve, (c) => answer(c, c.req.valid('param').id))
  .openapi(update, async (c) => {
    const { id } = c.req.valid('param')
    await c.var.run(updateUsers, { users: [{ ...c.req.valid('json'), id }] })
    return answer(c, id)
  })
  .openapi(remove, async (c) => {
    const { id } = c.req.valid('param')
    if (c.var.actor.id === id) throw new Problem('not_allowed', 'A user cannot delete itself')
    await c.var.run(removeUserAccounts, { ids: [id] })
    return c.json({ id, object: 'user', deleted: true }, 200)
  }) as Router

async function answer(c: Context<AppEnv>, id: string) {
  return answerOne(c, 'user', await c.var.query.retrieveJson('user', id, retrievingOf(c, fields)))
}
