/** What a way to log in has to be able to do. */

/** What is known of somebody who logs in this way. */
export interface KnownIdentity {
  /** Of the auth identity. */
  id: string
  /** What the provider knows them by, such as an email address. */
  entity_id: string
  /** What the provider keeps about them, such as a password's hash. Never shown. */
  provider_metadata: Record<string, unknown> | null
  /** Who they are in this shop: `{ user_id }`, `{ customer_id }`, both or neither. */
  app_metadata: Record<string, unknown> | null
}

/** Somebody who is to be known from now on. */
export interface NewIdentity {
  entity_id: string
  provider_metadata: Record<string, unknown>
}

/** Finds whom the provider knows by this. */
export type FindIdentity = (entityId: string) => Promise<KnownIdentity | undefined>

/** Works in the HTTP process, on what the caller sent; what it finds out there it keeps out of every workflow. */
export interface AuthProvider {
  /** As in `/auth/user/<identifier>`. */
  readonly identifier: string
  /** What people read on a page where they log in. */
  readonly displayName: string
  /** Whether a page asks for credentials itself, or sends people elsewhere. */
  readonly flow: 'credentials' | 'redirect'
  /** Who that is. @throws Problem `unauthorized` */
  authenticate(body: unknown, find: FindIdentity): Promise<KnownIdentity>
  /**
   * Somebody new; or somebody who proves to be known and is nobody yet in this shop.
   *
   * @throws Problem `unauthorized`
   */
  register(body: unknown, find: FindIdentity): Promise<{ known: KnownIdentity } | { fresh: NewIdentity }>
}

/** Which providers each type of actor may use, such as `{ user: [emailpass] }`. */
export type AuthProviders = Readonly<Record<string, readonly AuthProvider[]>>
