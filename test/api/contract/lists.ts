/** What reads show and can be asked for, as the facts of the HTTP API have it. */
import { rowsOf } from './tables.ts'

/** `can`: of which of free text, `created_at`, alternatives and `with_deleted` it can be asked. */
export const LISTS = rowsOf(`
path | many | limit | can | fields
/admin/api-keys | api_keys | 20 | q created_at or with_deleted | id title token redacted type last_used_at updated_at created_at created_by revoked_at revoked_by sales_channels.id sales_channels.name
/admin/campaigns | campaigns | 50 | q or with_deleted | id name description currency campaign_identifier *budget starts_at ends_at created_at updated_at deleted_at
/admin/collections | collections | 10 | q created_at or with_deleted | id title handle external_id created_at updated_at metadata
/admin/currencies | currencies | 200 | q or with_deleted | code name symbol symbol_native decimal_digits rounding
/admin/fulfillment-providers | fulfillment_providers | 50 | q with_deleted | id is_enabled
/admin/inventory-items | inventory_items | 20 | q or with_deleted | id sku title description thumbnail origin_country hs_code requires_shipping mid_code material unit_of_measure weight length height width metadata reserved_quantity stocked_quantity created_at updated_at *location_levels
/admin/inventory-items/{id}/location-levels | inventory_levels | 50 | or with_deleted | id inventory_item_id location_id stocked_quantity reserved_quantity incoming_quantity available_quantity metadata created_at updated_at
/admin/payments/payment-providers | payment_providers | 20 | or with_deleted | id is_enabled
/admin/price-lists | price_lists | 50 | q or with_deleted | id type description title status starts_at ends_at created_at updated_at deleted_at metadata price_list_rules.value price_list_rules.attribute
/admin/price-lists/{id}/prices | prices | 50 | with_deleted | id currency_code amount min_quantity max_quantity created_at deleted_at updated_at price_set.variant.id price_rules.value price_rules.attribute
/admin/price-preferences | price_preferences | 300 | q or with_deleted | id attribute value is_tax_inclusive created_at deleted_at updated_at
/admin/product-categories | product_categories | 50 | q created_at or with_deleted | id name description handle is_active is_internal rank external_id parent_category_id created_at updated_at metadata *parent_category *category_children
/admin/product-options | product_options | 20 | q created_at or with_deleted | id title is_exclusive values.* products.* created_at updated_at metadata
/admin/product-options/{id}/values | product_option_values | 20 | q created_at or with_deleted | id value rank option_id created_at updated_at metadata
/admin/product-tags | product_tags | 20 | q created_at or with_deleted | id value external_id created_at updated_at metadata
/admin/product-types | product_types | 10 | q created_at or with_deleted | id value external_id created_at updated_at metadata
/admin/product-variants | variants | 50 | q created_at or with_deleted | id title sku thumbnail barcode ean upc allow_backorder manage_inventory hs_code origin_country mid_code material weight length height width metadata variant_rank product_id created_at updated_at deleted_at *product *prices *options prices.price_rules.value prices.price_rules.attribute
/admin/products | products | 50 | q created_at or with_deleted | id title subtitle status external_id description handle is_giftcard discountable thumbnail collection_id type_id weight length height width hs_code origin_country mid_code material created_at updated_at deleted_at metadata *type *collection *options *options.values *tags *images *variants *variants.prices variants.prices.price_rules.value variants.prices.price_rules.attribute *variants.options *variants.images *sales_channels
/admin/products/{id}/options | product_options | 50 | q created_at or with_deleted | id title
/admin/products/{id}/variants | variants | 50 | q created_at or with_deleted | id title sku thumbnail barcode ean upc allow_backorder manage_inventory hs_code origin_country mid_code material weight length height width metadata variant_rank product_id created_at updated_at deleted_at *prices *options prices.price_rules.value prices.price_rules.attribute
/admin/promotions | promotions | 50 | q created_at or with_deleted | id code is_automatic is_tax_inclusive type limit used status created_at updated_at deleted_at metadata *campaign *campaign.budget *application_method *application_method.buy_rules application_method.buy_rules.values.value *application_method.target_rules application_method.target_rules.values.value rules.id rules.attribute rules.operator rules.values.value
/admin/regions | regions | 50 | q created_at or with_deleted | id name currency_code created_at updated_at deleted_at automatic_taxes metadata *countries
/admin/reservations | reservations | 20 | q created_at with_deleted | id location_id inventory_item_id quantity line_item_id description metadata created_at updated_at inventory_item.id inventory_item.sku inventory_item.title inventory_item.description inventory_item.thumbnail inventory_item.origin_country inventory_item.hs_code inventory_item.requires_shipping inventory_item.mid_code inventory_item.material inventory_item.unit_of_measure inventory_item.weight inventory_item.length inventory_item.height inventory_item.width inventory_item.metadata inventory_item.reserved_quantity inventory_item.stocked_quantity inventory_item.created_at inventory_item.updated_at inventory_item.*location_levels
/admin/sales-channels | sales_channels | 20 | q created_at or with_deleted | id name description is_disabled created_at updated_at deleted_at metadata
/admin/shipping-option-types | shipping_option_types | 10 | q created_at or with_deleted | id label code description created_at updated_at
/admin/shipping-options | shipping_options | 20 | q created_at with_deleted | id name price_type data provider_id metadata created_at updated_at *rules *type *prices *prices.price_rules *service_zone *shipping_profile *provider
/admin/shipping-profiles | shipping_profiles | 20 | q created_at or with_deleted | id name type metadata created_at updated_at
/admin/stock-locations | stock_locations | 20 | q created_at or with_deleted | id name metadata created_at updated_at address.id address.address_1 address.address_2 address.city address.country_code address.phone address.province address.postal_code address.metadata
/admin/stores | stores | 50 | q or with_deleted | id name *supported_currencies *supported_currencies.currency default_sales_channel_id default_region_id default_location_id metadata created_at updated_at
/admin/tax-providers | tax_providers | 20 | or with_deleted | id is_enabled
/admin/tax-rates | tax_rates | 20 | q created_at or with_deleted | id name code rate tax_region_id is_default is_combinable created_by created_at updated_at deleted_at metadata *tax_region *rules
/admin/tax-regions | tax_regions | 20 | q created_at or with_deleted | id country_code province_code parent_id provider_id created_by created_at updated_at deleted_at metadata *children *children.tax_rates *children.tax_rates.rules *parent *tax_rates *tax_rates.rules
/admin/users | users | 50 | q created_at with_deleted | id first_name last_name email avatar_url metadata created_at updated_at deleted_at
/store/collections | collections | 10 | q created_at or with_deleted | id title handle external_id created_at updated_at
/store/currencies | currencies | 50 | q or with_deleted | code name symbol symbol_native decimal_digits rounding
/store/payment-providers | payment_providers | 20 | with_deleted | id is_enabled
/store/product-categories | product_categories | 50 | q created_at or with_deleted | id name description handle rank external_id parent_category_id created_at updated_at metadata *parent_category *category_children
/store/product-options | product_options | 50 | q created_at or with_deleted | id title is_exclusive values.* created_at updated_at metadata
/store/product-tags | product_tags | 50 | q created_at or with_deleted | id value external_id created_at updated_at metadata *products
/store/product-types | product_types | 50 | q created_at or with_deleted | id value external_id created_at updated_at metadata *products
/store/product-variants | variants | 20 | q created_at or with_deleted | id title sku barcode ean upc allow_backorder manage_inventory variant_rank product_id thumbnail hs_code origin_country mid_code material weight length height width created_at updated_at metadata *options *images product.id product.type_id
/store/products | products | 50 | q created_at or with_deleted | id title subtitle description handle is_giftcard discountable thumbnail collection_id type_id weight length height width hs_code origin_country mid_code material created_at updated_at *type *collection *options *options.values *tags *images *variants *variants.options
/store/regions | regions | 50 | q or with_deleted | id name currency_code created_at updated_at deleted_at metadata *countries
`)

export const ONES = rowsOf(`
path | one | fields
/admin/api-keys/{id} | api_key | id title token redacted type last_used_at updated_at created_at created_by revoked_at revoked_by sales_channels.id sales_channels.name
/admin/campaigns/{id} | campaign | id name description currency campaign_identifier *budget starts_at ends_at created_at updated_at deleted_at
/admin/collections/{id} | collection | id title handle external_id created_at updated_at metadata
/admin/currencies/{code} | currency | code name symbol symbol_native decimal_digits rounding
/admin/fulfillment-sets/{id}/service-zones/{zone_id} | service_zone | id name type created_at updated_at deleted_at *geo_zones
/admin/inventory-items/{id} | inventory_item | id sku title description thumbnail origin_country hs_code requires_shipping mid_code material unit_of_measure weight length height width metadata reserved_quantity stocked_quantity created_at updated_at *location_levels
/admin/price-lists/{id} | price_list | id type description title status starts_at ends_at created_at updated_at deleted_at metadata price_list_rules.value price_list_rules.attribute
/admin/price-preferences/{id} | price_preference | id attribute value is_tax_inclusive created_at deleted_at updated_at
/admin/product-categories/{id} | product_category | id name description handle is_active is_internal rank external_id parent_category_id created_at updated_at metadata *parent_category *category_children
/admin/product-options/{id} | product_option | id title is_exclusive values.* products.* created_at updated_at metadata
/admin/product-options/{id}/values/{value_id} | product_option_value | id value rank option_id created_at updated_at metadata
/admin/product-tags/{id} | product_tag | id value external_id created_at updated_at metadata
/admin/product-types/{id} | product_type | id value external_id created_at updated_at metadata
/admin/products/{id} | product | id title subtitle status external_id description handle is_giftcard discountable thumbnail collection_id type_id weight length height width hs_code origin_country mid_code material created_at updated_at deleted_at metadata *type *collection *options *options.values *tags *images *variants *variants.prices variants.prices.price_rules.value variants.prices.price_rules.attribute *variants.options *variants.images *sales_channels
/admin/products/{id}/variants/{variant_id} | variant | id title sku thumbnail barcode ean upc allow_backorder manage_inventory hs_code origin_country mid_code material weight length height width metadata variant_rank product_id created_at updated_at deleted_at *prices *options prices.price_rules.value prices.price_rules.attribute
/admin/promotions/{id} | promotion | id code is_automatic is_tax_inclusive type limit used status created_at updated_at deleted_at metadata *campaign *campaign.budget *application_method *application_method.buy_rules application_method.buy_rules.values.value *application_method.target_rules application_method.target_rules.values.value rules.id rules.attribute rules.operator rules.values.value
/admin/regions/{id} | region | id name currency_code created_at updated_at deleted_at automatic_taxes metadata *countries
/admin/reservations/{id} | reservation | id location_id inventory_item_id quantity line_item_id description metadata created_at updated_at inventory_item.id inventory_item.sku inventory_item.title inventory_item.description inventory_item.thumbnail inventory_item.origin_country inventory_item.hs_code inventory_item.requires_shipping inventory_item.mid_code inventory_item.material inventory_item.unit_of_measure inventory_item.weight inventory_item.length inventory_item.height inventory_item.width inventory_item.metadata inventory_item.reserved_quantity inventory_item.stocked_quantity inventory_item.created_at inventory_item.updated_at inventory_item.*location_levels
/admin/sales-channels/{id} | sales_channel | id name description is_disabled created_at updated_at deleted_at metadata
/admin/shipping-option-types/{id} | shipping_option_type | id label code description created_at updated_at
/admin/shipping-options/{id} | shipping_option | id name price_type data provider_id metadata created_at updated_at *rules *type *prices *prices.price_rules *service_zone *shipping_profile *provider
/admin/shipping-profiles/{id} | shipping_profile | id name type metadata created_at updated_at
/admin/stock-locations/{id} | stock_location | id name metadata created_at updated_at address.id address.address_1 address.address_2 address.city address.country_code address.phone address.province address.postal_code address.metadata
/admin/stores/{id} | store | id name *supported_currencies *supported_currencies.currency default_sales_channel_id default_region_id default_location_id metadata created_at updated_at
/admin/tax-rates/{id} | tax_rate | id name code rate tax_region_id is_default is_combinable created_by created_at updated_at deleted_at metadata *tax_region *rules
/admin/tax-regions/{id} | tax_region | id country_code province_code parent_id provider_id created_by created_at updated_at deleted_at metadata *children *children.tax_rates *children.tax_rates.rules *parent *tax_rates *tax_rates.rules
/admin/users/{id} | user | id first_name last_name email avatar_url metadata created_at updated_at deleted_at
/admin/users/me | user | id first_name last_name email avatar_url metadata created_at updated_at deleted_at
/store/collections/{id} | collection | id title handle external_id created_at updated_at
/store/currencies/{code} | currency | code name symbol symbol_native decimal_digits rounding
/store/product-categories/{id} | product_category | id name description handle rank external_id parent_category_id created_at updated_at metadata *parent_category *category_children
/store/product-options/{id} | product_option | id title is_exclusive values.* created_at updated_at metadata
/store/product-tags/{id} | product_tag | id value external_id created_at updated_at metadata *products
/store/product-types/{id} | product_type | id value external_id created_at updated_at metadata *products
/store/product-variants/{id} | variant | id title sku barcode ean upc allow_backorder manage_inventory variant_rank product_id thumbnail hs_code origin_country mid_code material weight length height width created_at updated_at metadata *options *images product.id product.type_id
/store/products/{id} | product | id title subtitle description handle is_giftcard discountable thumbnail collection_id type_id weight length height width hs_code origin_country mid_code material created_at updated_at *type *collection *options *options.values *tags *images *variants *variants.options
/store/regions/{id} | region | id name currency_code created_at updated_at deleted_at metadata *countries
`)
