/** What a storefront may see of products, and at which prices. */
import type { Context } from 'hono'
import type { Scope } from '../framework/http/representation.ts'
import { type AppEnv, z } from '../framework/http/router.ts'
import { Problem } from '../framework/problem.ts'
import type { Filters } from '../framework/query.ts'

/** What prices depend on; no filters. */
export const pricingParams = {
  region_id: z.string().optional(),
  country_code: z.string().optional(),
  province: z.string().optional(),
  cart_id: z.string().optional(),
  sales_channel_id: z.union([z.string(), z.array(z.string())]).optional(),
}

type Given = z.output<z.ZodObject<typeof pricingParams>>

/** Whether calculated prices are part of the answer. */
export function showsPrices(c: Context<AppEnv>): boolean {
  return c.req.query('region_id') !== undefined || asksFor(c, 'calculated_price')
}

/** Whether a field is asked for, of whatever relation. */
const asksFor = (c: Context<AppEnv>, field: string) => (c.req.query('fields') ?? '').includes(field)

/**
 * Published products of the sales channels that the publishable key opens, and what their prices and quantities depend on.
 *
 * @throws Problem where the key opens no channel, another is asked for, or a region is needed and not said; where it opens several and
 *   quantities are asked for.
 */
export function shopScope(c: Context<AppEnv>, params: Given): Scope {
  const channels = channelsOf(c, params)
  if (channels.length > 1 && asksFor(c, 'inventory_quantity')) {
    throw new Problem(
      'invalid_data',
      'An inventory quantity is that of one sales channel: say which as sales_channel_id',
    )
  }
  const scope = openIn(c, channels)
  return showsPrices(c) ? { ...scope, context: { ...scope.context, ...pricingContext(c, params) } } : scope
}

/** What there is for shoppers of these sales channels, wherever it stands in an answer: nothing that is deleted. */
export function openIn(c: Context<AppEnv>, channels: string[] = c.var.publishable!.salesChannelIds): Scope {
  const onlyChannels = c.var.publishable!.isOnlyChannel ? {} : { sales_channels_link: { sales_channel_id: channels } }
  const product: Filters = { status: 'published', ...onlyChannels }
  return {
    only: { product, product_category: { is_active: true, is_internal: false } },
    withDeleted: false,
    context: { sales_channel_ids: channels },
  }
}

function channelsOf(c: Context<AppEnv>, { sales_channel_id: asked }: Given): string[] {
  const { salesChannelIds } = c.var.publishable!
  if (salesChannelIds.length === 0) {
    throw new Problem('invalid_data', 'Publishable key needs to have a sales channel configured')
  }
  if (asked === undefined) return salesChannelIds
  const wanted = [asked].flat()
  if (wanted.some((id) => !salesChannelIds.includes(id))) {
    throw new Problem('invalid_data', 'Requested sales channel is not part of the publishable key')
  }
  return wanted
}

/** The region that is said, or the store's own; where there are taxes by themselves, also whose. */
function pricingContext(c: Context<AppEnv>, { region_id, country_code, province }: Given): Record<string, unknown> {
  const { region } = c.var.publishable!
  if (!region && region_id !== undefined) throw new Problem('not_found', `Region with id: ${region_id} not found`)
  if (!region) throw new Problem('invalid_data', 'Missing required pricing context to calculate prices - region_id')
  const isTaxed = region.automatic_taxes && country_code !== undefined
  return {
    currency_code: region.currency_code,
    region_id: region.id,
    now: new Date().toISOString(),
    ...(isTaxed && { country_code: country_code.toLowerCase() }),
    ...(isTaxed && province && { province: province.toLowerCase() }),
  }
}
