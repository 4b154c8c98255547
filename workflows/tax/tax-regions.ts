import { actor, newId } from '../../framework/workflow/index.ts'
import type { TaxRegion } from '../../modules/tax/models.ts'
import type { NewTaxRegion, TaxRegionChange } from '../../modules/tax/rules/tax-regions.ts'
import type { WithAdditionalData } from '../additional-data.ts'
import { write } from '../steps.ts'

type TaxRegionInput = Omit<NewTaxRegion, 'id' | 'created_by'> & {
  /** The rate for everything that no rule of another rate matches. */
  default_tax_rate?: {
    rate?: number
    code: string
    name: string
    is_combinable?: boolean
    metadata?: Record<string, unknown> | null
  }
}

/** Creates tax regions with their default rates. Refused if the country or province has a tax region. */
export async function createTaxRegions({
  tax_regions,
}: { tax_regions: TaxRegionInput[] } & WithAdditionalData): Promise<TaxRegion[]> {
  const created_by = actor()
  const regions = tax_regions.map(({ default_tax_rate, ...region }) => {
    const id = newId('txreg')
    const tax_region = { ...region, ...lowerCaseCodes(region), id, created_by }
    const tax_rates = default_tax_rate
      ? [{ ...default_tax_rate, id: newId('txr'), tax_region_id: id, is_default: true, created_by }]
      : []
    return { tax_region, tax_rates }
  })
  return write.createTaxRegions({
    tax_regions: regions.map(({ tax_region }) => tax_region),
    tax_rates: regions.flatMap(({ tax_rates }) => tax_rates),
  })
}

export async function updateTaxRegions({ tax_regions }: { tax_regions: TaxRegionChange[] }): Promise<TaxRegion[]> {
  return write.updateTaxRegions(tax_regions.map((change) => ({ ...change, ...lowerCaseCodes(change) })))
}

/** Deletes tax regions with those of their provinces, and their rates. */
export async function deleteTaxRegions({ ids }: { ids: string[] }): Promise<string[]> {
  return write.deleteTaxRegions(ids)
}

/** Codes are stored in lower case. */
function lowerCaseCodes<R extends { country_code?: string; province_code?: string | null }>({
  country_code,
  province_code,
}: R): R {
  return {
    ...(country_code !== undefined && { country_code: country_code.toLowerCase() }),
    ...(province_code !== undefined && { province_code: province_code?.toLowerCase() ?? null }),
  } as R
}
