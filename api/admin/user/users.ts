import { metadata } from '../../../framework/http/fields.ts'
import * as filter from '../../../framework/http/filters.ts'
import { parametersOf } from '../../../framework/http/list-query.ts'
import { oneQuery, type Representation, showOne } from '../../../framework/http/representation.ts'
import { resource } from '../../../framework/http/resource.ts'
import { json, route, rowSchema, z } from '../../../framework/http/router.ts'
import { deletes } from '../../../framework/http/routes.ts'
import { Problem } from '../../../framework/problem.ts'
import { removeUserAccounts } from '../../../workflows/user/remove-user-accounts.ts'
import { updateUsers } from '../../../workflows/user/update-users.ts'

const path = '/admin/users'
const tags = ['users']
const name = () => z.string().nullish()
const representation: Representation = {
  entity: 'user',
  one: 'user',
  many: 'users',
  fields: {
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
  },
}

const me = route({
  method: 'get',
  path: `${path}/me`,
  tags,
  summary: 'Retrieve the current user',
  parameters: parametersOf(oneQuery(representation)),
  responses: { 200: json(z.object({ user: rowSchema('user') }), 'The user') },
})

export const users = resource({
  representation,
  path,
  list: { filters: { ...filter.texts('email', 'first_name', 'last_name'), ...filter.dates() } },
  update: z
    .strictObject({ first_name: name(), last_name: name(), avatar_url: name(), metadata: metadata().optional() })
    .openapi('UserChange'),
  workflows: { update: updateUsers },
})

users.openapi(me, (c) => showOne(c, representation, c.var.actor.id))

deletes(users, representation, {
  path: `${path}/{id}`,
  description: 'The user loses access immediately. Users cannot delete themselves.',
  run: async (c, { id }) => {
    if (c.var.actor.id === id) throw new Problem('not_allowed', 'A user cannot delete itself')
    await c.var.run(removeUserAccounts, { ids: [id] })
  },
})
