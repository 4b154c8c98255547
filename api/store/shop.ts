/** What a storefront may see of products, and at which prices. */
import type { Context } from 'hono'
import { type AppEnv, z } from '../../framework/http/router.ts'
import type { Scope } from '../../framework/http/view.ts'
import { Problem } from '../../framework/problem.ts'
import type { Filters } from '../../framework/query.ts'

/** What prices depend on; no filters. */
export const pricingParams = {
  region_id: z.string().optional(),
  country_code: z.string().optional(),
  province: z.string().optional(),
  cart_id: z.string().optional(),
  sales_channel_id: z.union([z.string(), z.array(z.string())]).optional(),
}

interface Given {
  region_id?: string
  country_code?: string
  province?: string
  cart_id?: string
  sales_channel_id?: string | string[]
}

/** Whether calculated prices are part of the answer. */
export function showsPrices(c: Context<AppEnv>): boolean {
  return c.req.query('region_id') !== undefined || (c.req.query('fields') ?? '').includes('calculated_price')
}

/**
 * Published products of the sales channels that the publishable key opens, and what their prices and quantities depend on.
 *
 * @throws Problem where the key opens no channel, another is asked for, or a region is needed and not said.
 */
export async function shopScope(c: Context<AppEnv>, params: Given): Promise<Scope> {
  const channels = channelsOf(c, params)
  const context = showsPrices(c) ? await pricingContext(c, params) : {}
  return { ...openIn(c, channels), context: { ...context, sales_channel_ids: channels } }
}

/** What there is for shoppers of these sales channels, wherever it stands in an answer: nothing that is deleted. */
export function openIn(c: Context<AppEnv>, channels: string[] = c.var.publishable!.salesChannelIds): Scope {
  const onlyChannels = c.var.publishable!.isOnlyChannel ? {} : { sales_channels: { id: channels } }
  const product: Filters = { status: 'published', ...onlyChannels }
  return { only: { product, product_category: { is_active: true, is_internal: false } }, withDeleted: false }
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

interface Region {
  id: string
  currency_code: string
  automatic_taxes: boolean
}

async function pricingContext(c: Context<AppEnv>, params: Given): Promise<Record<string, unknown>> {
  const region = await regionOf(c, params)
  const { country_code, province } = params
  return {
    currency_code: region.currency_code,
    region_id: region.id,
    now: new Date().toISOString(),
    ...(region.automatic_taxes && country_code && { country_code: country_code.toLowerCase() }),
    ...(province && { province: province.toLowerCase() }),
  }
}

/** The one that is said, or the store's own. */
async function regionOf(c: Context<AppEnv>, { region_id }: Given): Promise<Region> {
  const fields = ['id', 'currency_code', 'automatic_taxes']
  const id = region_id ?? (await defaultRegion(c))
  if (!id) {
    throw new Problem('invalid_data', 'Missing required pricing context to calculate prices - region_id')
  }
  return c.var.query.retrieve<Region>('region', id, { fields, missing: () => `Region with id: ${id} not found` })
}

async function defaultRegion(c: Context<AppEnv>): Promise<string | null | undefined> {
  const { rows } = await c.var.query.list<{ default_region_id: string | null }>('store', {
    fields: ['default_region_id'],
    limit: 1,
  })
  return rows[0]?.default_region_id
}
