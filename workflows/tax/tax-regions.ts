import { actor, newId } from '../../framework/workflow/index.ts'
import type { TaxRegion } from '../../modules/tax/models.ts'
import type { NewTaxRegion, TaxRegionChange } from '../../modules/tax/rules/tax-regions.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'

type Given = Omit<NewTaxRegion, 'id' | 'created_by'> & {
  /** What is due on everything that no other rate names. */
  default_tax_rate?: {
    rate?: number
    code: string
    name: string
    is_combinable?: boolean
    metadata?: Record<string, unknown> | null
  }
}

/** Adds tax regions, with their default rates: all of it, or none where a country or province has one. */
export async function createTaxRegions({
  tax_regions,
}: { tax_regions: Given[] } & WithAdditionalData): Promise<TaxRegion[]> {
  const created_by = actor()
  const added = tax_regions.map(({ default_tax_rate, ...region }) => {
    const id = newId('txreg')
    const tax_region = { ...region, ...codesOf(region), id, created_by }
    const tax_rates = default_tax_rate
      ? [{ ...default_tax_rate, id: newId('txr'), tax_region_id: id, is_default: true, created_by }]
      : []
    return { tax_region, tax_rates }
  })
  return write.createTaxRegions({
    tax_regions: added.map(({ tax_region }) => tax_region),
    tax_rates: added.flatMap(({ tax_rates }) => tax_rates),
  })
}

/** Changes what is given and leaves the rest. */
export async function updateTaxRegions({ tax_regions }: { tax_regions: TaxRegionChange[] }): Promise<TaxRegion[]> {
  return write.updateTaxRegions(tax_regions.map((change) => ({ ...change, ...codesOf(change) })))
}

/** Deletes tax regions with their provinces and rates. */
export async function deleteTaxRegions({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deleteTaxRegions(ids)
}

/** Codes are in lower case everywhere. */
function codesOf<R extends { country_code?: string; province_code?: string | null }>({
  country_code,
  province_code,
}: R): R {
  return {
    ...(country_code !== undefined && { country_code: country_code.toLowerCase() }),
    ...(province_code !== undefined && { province_code: province_code?.toLowerCase() ?? null }),
  } as R
}
