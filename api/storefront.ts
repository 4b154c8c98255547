/** What a storefront may see: published products of its sales channels, and their prices. */
import type { Context } from 'hono'
import type { Scope } from '../framework/http/representation.ts'
import { type AppEnv, z } from '../framework/http/router.ts'
import { Problem } from '../framework/problem.ts'
import type { Filters } from '../framework/query.ts'

/** The query parameters that prices depend on; they do not filter. */
export const pricingParams = {
  region_id: z.string().optional(),
  country_code: z.string().optional(),
  province: z.string().optional(),
  cart_id: z.string().optional(),
  sales_channel_id: z.union([z.string(), z.array(z.string())]).optional(),
}

type PricingParams = z.output<z.ZodObject<typeof pricingParams>>

/** Whether calculated prices are returned. */
export function showsPrices(c: Context<AppEnv>): boolean {
  return c.req.query('region_id') !== undefined || selectsField(c, 'calculated_price')
}

/** Whether `fields` selects a field, of any relation. */
const selectsField = (c: Context<AppEnv>, field: string) => (c.req.query('fields') ?? '').includes(field)

/**
 * The published products of the key's sales channels, with the context of their prices and quantities.
 *
 * @throws Problem if the key has no sales channel, the requested one is not among them, a region is required and missing, or
 *   quantities are selected and there are several sales channels.
 */
export function productScope(c: Context<AppEnv>, params: PricingParams): Scope {
  const channels = channelsOf(c, params)
  if (channels.length > 1 && selectsField(c, 'inventory_quantity')) {
    throw new Problem(
      'invalid_data',
      'An inventory quantity is that of one sales channel: say which as sales_channel_id',
    )
  }
  const scope = publicScope(c, channels)
  return showsPrices(c) ? { ...scope, context: { ...scope.context, ...pricingContext(c, params) } } : scope
}

/** What is public in these sales channels, at any depth of a response: published products, active categories, nothing deleted. */
export function publicScope(c: Context<AppEnv>, channels: string[] = c.var.publishable!.salesChannelIds): Scope {
  const onlyChannels = c.var.publishable!.isOnlyChannel ? {} : { sales_channels_link: { sales_channel_id: channels } }
  const product: Filters = { status: 'published', ...onlyChannels }
  return {
    only: { product, product_category: { is_active: true, is_internal: false } },
    withDeleted: false,
    context: { sales_channel_ids: channels },
  }
}

function channelsOf(c: Context<AppEnv>, { sales_channel_id }: PricingParams): string[] {
  const { salesChannelIds } = c.var.publishable!
  if (salesChannelIds.length === 0) {
    throw new Problem('invalid_data', 'Publishable key needs to have a sales channel configured')
  }
  if (sales_channel_id === undefined) return salesChannelIds
  const requested = [sales_channel_id].flat()
  if (requested.some((id) => !salesChannelIds.includes(id))) {
    throw new Problem('invalid_data', 'Requested sales channel is not part of the publishable key')
  }
  return requested
}

/** The requested region or the store's default one; with the address if the region has automatic taxes. */
function pricingContext(
  c: Context<AppEnv>,
  { region_id, country_code, province }: PricingParams,
): Record<string, unknown> {
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
