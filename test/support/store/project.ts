/** The core with a storefront route that returns the sales channels of its key. */
import { createRouter, json, route, z } from '../../../framework/http/router.ts'
import { defineProject, type Project } from '../../../framework/project.ts'

const opened = route({
  method: 'post',
  path: '/store/opened',
  request: { body: json(z.strictObject({ name: z.string() }), 'Something to be validated') },
  responses: {
    200: json(
      z.object({ keyId: z.string(), salesChannelIds: z.array(z.string()), isOnlyChannel: z.boolean() }),
      'What is open',
    ),
  },
})

const routes = createRouter()
routes.openapi(opened, (c) => c.json(c.var.publishable, 200))

export const withStore = (core: Project): Project => defineProject({ extends: core, routes: [routes] })
