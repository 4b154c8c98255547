import { defineModule, type Module } from '../../framework/model/module.ts'
import { createFulfillment } from './migrations/0001-fulfillment.ts'
import {
  FulfillmentProvider,
  FulfillmentSet,
  GeoZone,
  ServiceZone,
  ShippingOption,
  ShippingOptionRule,
  ShippingOptionType,
  ShippingProfile,
} from './models.ts'
import { fulfillmentOffer } from './offer.ts'
import type { FulfillmentOptions } from './provider.ts'
import { FulfillmentService } from './service.ts'

export const models = {
  fulfillment_provider: FulfillmentProvider,
  fulfillment_set: FulfillmentSet,
  service_zone: ServiceZone,
  geo_zone: GeoZone,
  shipping_profile: ShippingProfile,
  shipping_option: ShippingOption,
  shipping_option_type: ShippingOptionType,
  shipping_option_rule: ShippingOptionRule,
}

const outside = { fulfillment_offer: fulfillmentOffer }

/** How what is bought gets to the shopper. */
export const fulfillment: Module<FulfillmentService, FulfillmentOptions, 'fulfillment', typeof models, typeof outside> =
  defineModule({
    name: 'fulfillment',
    models,
    outside,
    service: FulfillmentService,
    migrations: { '0001-fulfillment': createFulfillment },
  })
