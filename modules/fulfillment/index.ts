import { defineModule, type Module } from '../../framework/model/module.ts'
import { createFulfillment } from './migrations/0001-fulfillment.ts'
import { models } from './models.ts'
import { fulfillmentOffer } from './offer.ts'
import type { FulfillmentOptions } from './provider.ts'
import { FulfillmentService } from './service.ts'

const outside = { fulfillment_offer: fulfillmentOffer }

/** Fulfillment providers and sets, service zones, and shipping options. */
export const fulfillment: Module<FulfillmentService, FulfillmentOptions, 'fulfillment', typeof models, typeof outside> =
  defineModule({
    name: 'fulfillment',
    models,
    outside,
    service: FulfillmentService,
    migrations: { '0001-fulfillment': createFulfillment },
  })
