import { createRouter, json, route, z } from '../../framework/http/router.ts'

const list = route({
  method: 'get',
  path: '/admin/plugins',
  tags: ['plugins'],
  summary: 'List the plugins',
  description: 'A project lists what it is made of in its own code; there are no plugins beside it.',
  responses: { 200: json(z.object({ plugins: z.array(z.looseObject({})) }), 'None') },
})

export const plugins = createRouter()
plugins.openapi(list, (c) => c.json({ plugins: [] }, 200))
