import * as filter from '../../../framework/http/filters.ts'
import type { Representation } from '../../../framework/http/representation.ts'
import { createRouter, json, route, z } from '../../../framework/http/router.ts'
import { lists } from '../../../framework/http/routes.ts'
import { shape } from '../../../query/shape.ts'

const representation: Representation = {
  entity: 'fulfillment_provider',
  one: 'fulfillment_provider',
  many: 'fulfillment_providers',
  fields: { defaults: ['id', 'is_enabled'] },
}

const listOptions = route({
  method: 'get',
  path: '/admin/fulfillment-providers/{id}/options',
  tags: ['fulfillment providers'],
  summary: 'List the fulfillment options of a provider',
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: json(
      z.object({
        fulfillment_options: z.array(z.looseObject({ id: z.string() })),
        count: z.number(),
        offset: z.number(),
        limit: z.number(),
      }),
      'The fulfillment options, as the provider returns them',
    ),
    404: { description: 'The fulfillment provider was not found' },
  },
})

const ProviderWithOptions = shape('fulfillment_provider', { offer: { options: true } })

export const fulfillmentProviders = createRouter()
lists(fulfillmentProviders, representation, {
  path: '/admin/fulfillment-providers',
  limit: 50,
  filters: { is_enabled: filter.flag(), stock_location_id: filter.text() },
  filterAliases: { stock_location_id: (id) => ({ locations: { id } }) },
})
fulfillmentProviders.openapi(listOptions, async (c) => {
  const { id } = c.req.valid('param')
  const provider = await c.var.query.retrieve(ProviderWithOptions, id)
  const fulfillment_options = provider.offer?.options ?? []
  const { length } = fulfillment_options
  return c.json({ fulfillment_options, count: length, offset: 0, limit: length }, 200)
})
