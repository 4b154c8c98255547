import { createRouter, json, route, z } from '../../framework/http/router.ts'

const list = route({
  method: 'get',
  path: '/admin/plugins',
  tags: ['plugins'],
  summary: 'List plugins',
  description: 'Always empty: a project is extended in its own code, not by plugins.',
  responses: { 200: json(z.object({ plugins: z.array(z.looseObject({})) }), 'An empty list') },
})

export const plugins = createRouter()
plugins.openapi(list, (c) => c.json({ plugins: [] }, 200))
