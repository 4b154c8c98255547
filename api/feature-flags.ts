/** Which parts of the API a dashboard must do without; it asks before anybody has logged in. */
import { createRouter, json, route, z } from '../framework/http/router.ts'

/** The wire format's names for what this shop does not have (`api/http-semantics.md` 20). */
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
  summary: 'List which optional parts of the API there are',
  security: [],
  responses: { 200: json(z.object({ feature_flags: z.record(z.string(), z.boolean()) }), 'By name') },
})

export const featureFlags = createRouter()
featureFlags.openapi(list, (c) => c.json({ feature_flags }, 200))
