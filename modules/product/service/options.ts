import { Service } from '../../../framework/model/service.ts'
import type { models } from '../models.ts'
import type { OptionRows } from '../rules/option-changes.ts'
import type { ProductOptionRows } from '../rules/product-options.ts'

export class OptionService extends Service<typeof models> {
  changeOptions = async (rows: OptionRows): Promise<void> => {
    await this.rows.product_option_value.softDelete(rows.deletedValues)
    await this.rows.product_option.softDelete(rows.deletedOptions)
    await this.rows.product_option.update(rows.changedOptions)
    await this.rows.product_option_value.update(rows.changedValues)
    await this.rows.product_option.create(rows.options)
    await this.rows.product_option_value.create(rows.values)
  }

  changeProductOptions = async (rows: ProductOptionRows): Promise<void> => {
    await this.rows.product_product_option.softDelete(rows.deletedLinks)
    await this.rows.product_product_option_value.softDelete(rows.deletedValueLinks)
    await this.rows.product_option.softDelete(rows.deletedOptions)
    await this.rows.product_option.create(rows.options)
    await this.rows.product_option_value.create(rows.values)
    await this.rows.product_product_option.create(rows.links)
    await this.rows.product_product_option_value.create(rows.valueLinks)
  }
}
