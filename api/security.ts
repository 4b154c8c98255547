/** The security requirements in the OpenAPI document. */

const SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The token of POST /auth/user/emailpass',
  },
  session: { type: 'apiKey', in: 'cookie', name: 'connect.sid', description: 'The cookie of POST /auth/session' },
  secretKey: { type: 'http', scheme: 'basic', description: 'A secret API key as the user name, without a password' },
  publishableKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-publishable-api-key',
    description: 'The key of a storefront',
  },
} as const

type Requirement = Partial<Record<keyof typeof SCHEMES, string[]>>

/** Any one of a list is sufficient. */
const REQUIRED: Record<string, Requirement[]> = {
  admin: [{ bearer: [] }, { session: [] }, { secretKey: [] }],
  store: [{ publishableKey: [] }],
}

interface Document {
  paths?: Record<string, object>
  components?: { schemas?: object }
}

/** Adds the requirements to all routes, including those of the project, unless a route declares its own. */
export function secured(document: Document) {
  const paths = Object.entries(document.paths ?? {}).map(([path, operations]) => {
    const security = REQUIRED[path.split('/')[1] ?? '']
    if (!security) return [path, operations]
    return [
      path,
      Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, { security, ...operation }])),
    ]
  })
  const components = { ...document.components, securitySchemes: SCHEMES }
  return { ...document, components, paths: Object.fromEntries(paths) }
}
