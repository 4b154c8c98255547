/** The interface of auth providers. */

/** An identity that the provider knows. */
export interface KnownIdentity {
  /** The id of the auth identity. */
  id: string
  /** The id that the provider uses, such as an email address. */
  entity_id: string
  /** The data that the provider stores, such as the hash of a password. Never returned by the API. */
  provider_metadata: Record<string, unknown> | null
  /** `{ user_id }`, `{ customer_id }`, both or neither. */
  app_metadata: Record<string, unknown> | null
}

/** An identity to create. */
export interface NewIdentity {
  entity_id: string
  provider_metadata: Record<string, unknown>
}

export type FindIdentity = (entityId: string) => Promise<KnownIdentity | undefined>

/** Runs in the HTTP process, so that credentials never enter a workflow. */
export interface AuthProvider {
  /** The last segment of `/auth/user/<identifier>`. */
  readonly identifier: string
  /** The name on a login page. */
  readonly displayName: string
  /** Whether a login page asks for credentials, or redirects to the provider. */
  readonly flow: 'credentials' | 'redirect'
  /** @throws Problem `unauthorized` if the credentials are wrong. */
  authenticate(body: unknown, find: FindIdentity): Promise<KnownIdentity>
  /**
   * Returns a new identity, or a known one if the credentials are right and it belongs to no user or customer yet.
   *
   * @throws Problem `unauthorized` otherwise.
   */
  register(body: unknown, find: FindIdentity): Promise<{ known: KnownIdentity } | { fresh: NewIdentity }>
}

/** The providers of each type of actor, such as `{ user: [emailpass] }`. */
export type AuthProviders = Readonly<Record<string, readonly AuthProvider[]>>
