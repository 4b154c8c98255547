/** The API reference: Swagger UI from its package, so that it works without a network. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import absolutePath from 'swagger-ui-dist/absolute-path.js'
import { createRouter, type Router } from '../framework/http/router.ts'

const TYPES: Record<string, string> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
  'favicon-32x32.png': 'image/png',
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Turritopsis API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="icon" href="/docs/favicon-32x32.png" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script>
      SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, tryItOutEnabled: true })
    </script>
  </body>
</html>`

export const docs: Router = createRouter()
docs.get('/', (c) => c.html(PAGE))
docs.get('/:file', async (c) => {
  const file = c.req.param('file')
  const type = TYPES[file]
  if (!type) return c.notFound()
  const content = await readFile(join(absolutePath(), file))
  return c.body(new Uint8Array(content), 200, { 'content-type': type, 'cache-control': 'max-age=86400' })
})
