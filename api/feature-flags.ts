/** The optional parts of the API; dashboards read them before login. */
import { createRouter, json, route, z } from '../framework/http/router.ts'

/** The optional parts of the API that are not implemented. */
const ABSENT = [
  'index_engine',
  'translation',
  'view_configurations',
  'caching',
  'backend_hmr',
  'rbac',
  'rbac_filter_fields',
]
const feature_flags = Object.fromEntries(ABSENT.map((name) => [name, false]))

const list = route({
  method: 'get',
  path: '/admin/feature-flags',
  tags: ['feature flags'],
  summary: 'List feature flags',
  security: [],
  responses: {
    200: json(
      z.object({ feature_flags: z.record(z.string(), z.boolean()) }),
      'Whether each optional part of the API is available',
    ),
  },
})

export const featureFlags = createRouter()
featureFlags.openapi(list, (c) => c.json({ feature_flags }, 200))
