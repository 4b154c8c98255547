/** The interface of fulfillment providers. */

/** A way of shipping, with fields of the provider's choice. */
export interface FulfillmentOption {
  id: string
  [detail: string]: unknown
}

export interface FulfillmentProvider {
  /** The prefix of its ids, such as `dhl`. */
  readonly identifier: string
  /** Whether it calculates the price of a shipment. If not, its shipping options have flat prices. */
  readonly calculatesPrices: boolean
  /** Requests of the provider must end when `signal` aborts. */
  listOptions(signal: AbortSignal): Promise<FulfillmentOption[]>
}

/** A provider in the configuration of a project. The same one can be configured several times with different ids. */
export interface ConfiguredProvider {
  id: string
  provider: FulfillmentProvider
}

export interface FulfillmentOptions {
  providers: ConfiguredProvider[]
}

/** `<identifier>_<id>`, such as `manual_manual`. */
export const providerId = ({ id, provider }: ConfiguredProvider): string => `${provider.identifier}_${id}`

/** Undefined if the project does not have the provider. */
export function providerOf(options: FulfillmentOptions | undefined, id: string): FulfillmentProvider | undefined {
  return options?.providers.find((configured) => providerId(configured) === id)?.provider
}
