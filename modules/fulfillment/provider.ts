/** What a fulfillment provider has to be able to do for us. */

/** One of the ways in which a provider ships, as it calls them. */
export interface FulfillmentOption {
  id: string
  [detail: string]: unknown
}

/** Who brings things from a location to a shopper: a carrier, a warehouse, the shop's own people. */
export interface FulfillmentProvider {
  /** What its ids begin with, such as `dhl`. */
  readonly identifier: string
  /** Whether it says what a shipment costs; else its shipping options have flat prices. */
  readonly calculatesPrices: boolean
  /** In which ways it ships; every request that it makes ends when `signal` aborts. */
  listOptions(signal: AbortSignal): Promise<FulfillmentOption[]>
}

/** A provider as a project uses it; the same one can be there several times, under other ids. */
export interface ConfiguredProvider {
  id: string
  provider: FulfillmentProvider
}

export interface FulfillmentOptions {
  providers: ConfiguredProvider[]
}

/** `<identifier>_<id>`, as `manual_manual` (`api/http-semantics.md` 7). */
export const providerId = ({ id, provider }: ConfiguredProvider): string => `${provider.identifier}_${id}`

/** The provider of that id, where the project has it. */
export function providerOf(options: FulfillmentOptions | undefined, id: string): FulfillmentProvider | undefined {
  return options?.providers.find((configured) => providerId(configured) === id)?.provider
}
