import { answerOne } from '../../../framework/http/answers.ts'
import * as filter from '../../../framework/http/filters.ts'
import { parametersOf } from '../../../framework/http/list-query.ts'
import {
  jsonOf,
  oneQuery,
  type Representation,
  refuseInvalidQuery,
  showOne,
} from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { idempotencyHeader, json, route, rowSchema, z } from '../../../framework/http/router.ts'
import { changes, linkBody } from '../../../framework/http/routes.ts'
import { createApiKeys, deleteApiKeys, updateApiKeys } from '../../../workflows/api-key/api-keys.ts'
import { linkSalesChannelsToApiKey } from '../../../workflows/api-key/link-sales-channels-to-api-key.ts'
import { revokeApiKeys } from '../../../workflows/api-key/revoke-api-keys.ts'

const path = '/admin/api-keys'
const tags = ['api keys']
const type = z.enum(['publishable', 'secret'])
const representation: Representation = {
  entity: 'api_key',
  one: 'api_key',
  many: 'api_keys',
  fields: {
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
  },
  shown: ({ token, ...key }) => (typeof token === 'string' ? { ...key, token } : key), // only publishable keys have one
}

const parameters = parametersOf(oneQuery(representation))
const responses = { 200: json(z.object({ api_key: rowSchema('api_key') }), 'The API key') }

const create = route({
  method: 'post',
  path,
  tags,
  summary: 'Create an API key',
  description:
    'Only this response, and that of a repeated request with the same Idempotency-Key, contains the token of a secret key.',
  parameters,
  request: {
    headers: idempotencyHeader,
    body: json(z.strictObject({ title: z.string(), type }).openapi('NewApiKey'), 'The API key'),
  },
  responses,
})

const Revocation = z.strictObject({ revoke_in: z.number().min(0).max(1e9).optional() }).openapi('ApiKeyRevocation')
const revoke = route({
  method: 'post',
  path: `${path}/{id}/revoke`,
  tags,
  summary: 'Revoke an API key',
  parameters,
  request: {
    headers: idempotencyHeader,
    params: z.object({ id: z.string() }),
    body: { ...json(Revocation, '`revoke_in`: seconds until the key is revoked; default: 0'), required: false },
  },
  responses: { ...responses, 404: { description: 'The API key was not found' } },
})

export const apiKeys = resource({
  representation,
  path,
  list: {
    limit: 20,
    filters: {
      ...filter.texts('title', 'token'),
      type: type.optional(),
      ...filter.dates(),
      revoked_at: filter.date(),
    },
  },
  update: z.strictObject({ title: z.string() }).openapi('ApiKeyChange'),
  workflows: { update: updateApiKeys, delete: deleteApiKeys },
})

apiKeys.openapi(create, async (c) => {
  refuseInvalidQuery(c, representation)
  const [key] = await c.var.run(createApiKeys, {
    api_keys: [{ ...c.req.valid('json'), created_by: c.var.actor.id }],
  })
  const { id, type, token } = key!
  const row = c.req.query('fields') === undefined ? key : JSON.parse(await jsonOf(c, representation, id))
  const clearToken = type === 'secret' ? c.var.secrets.tokenFor('sk', id) : token
  return answerOne(c, 'api_key', JSON.stringify({ ...row, token: clearToken }))
})

apiKeys.openapi(revoke, async (c) => {
  const { id } = c.req.valid('param')
  refuseInvalidQuery(c, representation)
  await c.var.run(revokeApiKeys, { ...c.req.valid('json'), ids: [id], revoked_by: c.var.actor.id })
  return showOne(c, representation, id)
})

changes(apiKeys, representation, {
  path: `${path}/{id}/sales-channels`,
  summary: 'Add sales channels to a publishable API key, or remove them',
  body: linkBody,
  run: (c, body, { id }) => c.var.run(linkSalesChannelsToApiKey, { ...body, id }),
})
