import type { Context } from 'hono'
import { times } from '../../framework/http/fields.ts'
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
import { createApiKeys } from '../../workflows/api-key/create-api-keys.ts'
import { deleteApiKeys } from '../../workflows/api-key/delete-api-keys.ts'
import { linkSalesChannelsToApiKey } from '../../workflows/api-key/link-sales-channels-to-api-key.ts'
import { revokeApiKeys } from '../../workflows/api-key/revoke-api-keys.ts'
import { updateApiKeys } from '../../workflows/api-key/update-api-keys.ts'

const path = '/admin/api-keys'
const tags = ['api keys']
const type = z.enum(['publishable', 'secret'])
const ApiKey = z
  .looseObject({
    id: z.string().openapi({ example: 'apk_01JD6ZK1B3V6QJ0M4T8N2C5XYZ' }),
    token: z.string().optional().openapi({ description: 'Of a secret key only in the answer that created it' }),
    redacted: z.string().openapi({ example: 'sk_01a***f3c' }),
    title: z.string(),
    type,
    last_used_at: z.iso.datetime().nullable(),
    created_by: z.string(),
    revoked_by: z.string().nullable(),
    revoked_at: z.iso.datetime().nullable(),
    ...times(),
  })
  .openapi('ApiKey')

const fields = {
  defaults: [
    'id',
    'title',
    'token',
    'redacted',
    'type',
    'last_used_at',
    'updated_at',
    'created_at',
    'created_by',
    'revoked_at',
    'revoked_by',
    'sales_channels.id',
    'sales_channels.name',
  ],
}
const asked = listQuery({
  limit: 20,
  filters: {
    title: filter.many(z.string()),
    token: filter.many(z.string()),
    type: type.optional(),
    created_at: filter.date(),
    updated_at: filter.date(),
    deleted_at: filter.date(),
    revoked_at: filter.date(),
  },
})

const Id = z.object({ id: z.string() })
const one = json(z.object({ api_key: ApiKey }), 'The API key')
const missing = { 404: { description: 'There is no such API key' } }
const parameters = parametersOf(retrieveQuery())
const headers = idempotencyHeader
const ids = () => z.array(z.string()).max(1000).optional()

const list = route({
  method: 'get',
  path,
  tags,
  summary: 'List API keys',
  parameters: parametersOf(asked),
  responses: { 200: json(pageOf('api_keys', ApiKey), 'A page of API keys; count is that of all matches') },
})
const create = route({
  method: 'post',
  path,
  tags,
  summary: 'Create an API key',
  description:
    'The answer shows the token of a secret key: this once, and again to a repeat with the same Idempotency-Key.',
  parameters,
  request: { headers, body: json(z.strictObject({ title: z.string(), type }).openapi('NewApiKey'), 'The API key') },
  responses: { 200: one },
})
const retrieve = route({
  method: 'get',
  path: `${path}/{id}`,
  tags,
  summary: 'Retrieve an API key',
  parameters,
  request: { params: Id },
  responses: { 200: one, ...missing },
})
const update = route({
  method: 'post',
  path: `${path}/{id}`,
  tags,
  summary: 'Give an API key another title',
  parameters,
  request: { headers, params: Id, body: json(z.strictObject({ title: z.string() }), 'The title') },
  responses: { 200: one, ...missing },
})
const revoke = route({
  method: 'post',
  path: `${path}/{id}/revoke`,
  tags,
  summary: 'Revoke an API key',
  parameters,
  request: {
    headers,
    params: Id,
    body: {
      ...json(z.strictObject({ revoke_in: z.number().min(0).max(1e9).optional() }), 'In so many seconds, or at once'),
      required: false,
    },
  },
  responses: { 200: one, ...missing },
})
const link = route({
  method: 'post',
  path: `${path}/{id}/sales-channels`,
  tags,
  summary: 'Say which sales channels a publishable key opens',
  parameters,
  request: {
    headers,
    params: Id,
    body: json(z.strictObject({ add: ids(), remove: ids() }), 'Ids of sales channels to add and to remove'),
  },
  responses: { 200: one, ...missing },
})
const remove = route({
  method: 'delete',
  path: `${path}/{id}`,
  tags,
  summary: 'Delete an API key that has been revoked',
  request: { headers, params: Id },
  responses: {
    200: json(z.object({ id: z.string(), object: z.string(), deleted: z.boolean() }), 'It is deleted'),
    ...missing,
  },
})

export const apiKeys = createRouter()
  .openapi(list, async (c) => {
    const listing = listingOf(c, asked, fields)
    const { rows, count } = await c.var.query.list<Shown>('api_key', listing)
    return answerPage(c, 'api_keys', { json: JSON.stringify(rows.map(shown)), count }, listing)
  })
  .openapi(create, async (c) => {
    const [key] = await c.var.run(createApiKeys, {
      api_keys: [{ ...c.req.valid('json'), created_by: c.var.actor.id }],
    })
    const token = key!.type === 'secret' ? c.var.secrets.tokenFor('sk', key!.id) : key!.token
    const row = c.req.query('fields') === undefined ? key! : await retrieved(c, key!.id)
    return answerOne(c, 'api_key', JSON.stringify({ ...row, token }))
  })
  .openapi(retrieve, (c) => answer(c, c.req.valid('param').id))
  .openapi(update, async (c) => {
    const { id } = c.req.valid('param')
    await c.var.run(updateApiKeys, { api_keys: [{ ...c.req.valid('json'), id }] })
    return answer(c, id)
  })
  .openapi(revoke, async (c) => {
    const { id } = c.req.valid('param')
    await c.var.run(revokeApiKeys, { ...c.req.valid('json'), ids: [id], revoked_by: c.var.actor.id })
    return answer(c, id)
  })
  .openapi(link, async (c) => {
    const { id } = c.req.valid('param')
    await c.var.run(linkSalesChannelsToApiKey, { ...c.req.valid('json'), id })
    return answer(c, id)
  })
  .openapi(remove, async (c) => {
    const { id } = c.req.valid('param')
    await c.var.run(deleteApiKeys, { ids: [id] })
    return c.json({ id, object: 'api_key', deleted: true }, 200)
  }) as Router

async function answer(c: Context<AppEnv>, id: string) {
  return answerOne(c, 'api_key', JSON.stringify(shown(await retrieved(c, id))))
}

interface Shown {
  token?: string | null
}

function retrieved(c: Context<AppEnv>, id: string): Promise<Shown> {
  return c.var.query.retrieve<Shown>('api_key', id, retrievingOf(c, fields))
}

/** A secret key has no token to show. */
function shown({ token, ...key }: Shown): Shown {
  return token ? { token, ...key } : key
}
