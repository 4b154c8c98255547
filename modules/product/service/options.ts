import { Service } from '../../../framework/model/service.ts'
import type { models } from '../index.ts'
import type { OptionRows } from '../rules/option-changes.ts'

/** In what variants differ. */
export class OptionService extends Service<typeof models> {
  changeOptions = async (rows: OptionRows): Promise<void> => {
    await this.rows.product_option_value.softDelete(rows.deletedValues)
    await this.rows.product_option.softDelete(rows.deletedOptions)
    await this.rows.product_option.update(rows.changedOptions)
    await this.rows.product_option_value.update(rows.changedValues)
    await this.rows.product_option.create(rows.options)
    await this.rows.product_option_value.create(rows.values)
  }
}
