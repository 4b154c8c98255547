/** Bodies, as the facts of the HTTP API have them: the fields of the top level with their types; `!` what is required, `?` what may be null. */
import { rowsOf } from './tables.ts'

export const BODIES = rowsOf(`
path | fields
/admin/api-keys | title:string! type:enum(publishable/secret)!
/admin/api-keys/{id} | title:string!
/admin/api-keys/{id}/revoke | revoke_in:number
/admin/api-keys/{id}/sales-channels | add:string[] remove:string[]
/admin/campaigns | name:string! campaign_identifier:string! description:string? budget:object? starts_at:date? ends_at:date? additional_data:record<any>?
/admin/campaigns/{id} | name:string campaign_identifier:string description:string? budget:object starts_at:date? ends_at:date? additional_data:record<any>?
/admin/campaigns/{id}/promotions | add:string[] remove:string[]
/admin/collections | title:string! handle:string external_id:string? metadata:record<any>? additional_data:record<any>?
/admin/collections/{id} | title:string handle:string external_id:string? metadata:record<any>? additional_data:record<any>?
/admin/collections/{id}/products | add:string[] remove:string[]
/admin/fulfillment-sets/{id}/service-zones | name:string! geo_zones:object[]
/admin/fulfillment-sets/{id}/service-zones/{zone_id} | name:string? geo_zones:object[]
/admin/inventory-items | sku:string? hs_code:string? weight:number? length:number? height:number? width:number? origin_country:string? mid_code:string? material:string? unit_of_measure:string? title:string? description:string? requires_shipping:boolean thumbnail:string? metadata:record<any>? location_levels:object[]
/admin/inventory-items/{id} | sku:string? hs_code:string? weight:number? length:number? height:number? width:number? origin_country:string? mid_code:string? material:string? unit_of_measure:string? title:string? description:string? requires_shipping:boolean thumbnail:string? metadata:record<any>?
/admin/inventory-items/{id}/location-levels | location_id:string! stocked_quantity:number incoming_quantity:number
/admin/inventory-items/{id}/location-levels/{location_id} | stocked_quantity:number incoming_quantity:number
/admin/inventory-items/{id}/location-levels/batch | create:object[] update:object[] delete:string[] force:boolean
/admin/inventory-items/location-levels/batch | create:object[] update:object[] delete:string[] force:boolean
/admin/price-lists | title:string! description:string! starts_at:string? ends_at:string? status:enum(active/draft) type:enum(sale/override) rules:record<string[]> prices:object[] metadata:record<any>?
/admin/price-lists/{id} | title:string description:string? starts_at:string? ends_at:string? status:enum(active/draft) type:enum(sale/override) rules:record<string[]> metadata:record<any>?
/admin/price-lists/{id}/prices/batch | create:object[] update:object[] delete:string[]
/admin/price-lists/{id}/products | remove:string[]
/admin/price-preferences | attribute:string! value:string! is_tax_inclusive:boolean
/admin/price-preferences/{id} | attribute:string value:string is_tax_inclusive:boolean
/admin/product-categories | name:string! description:string handle:string is_internal:boolean is_active:boolean parent_category_id:string? external_id:string? metadata:record<any>? rank:number additional_data:record<any>?
/admin/product-categories/{id} | name:string description:string handle:string is_internal:boolean is_active:boolean parent_category_id:string? external_id:string? metadata:record<any>? rank:number additional_data:record<any>?
/admin/product-categories/{id}/products | add:string[] remove:string[]
/admin/product-options | title:string! values:string[]! ranks:record<number> is_exclusive:boolean metadata:record<any>?
/admin/product-options/{id} | title:string values:string[] ranks:record<number> is_exclusive:boolean metadata:record<any>?
/admin/product-options/{id}/values/{value_id} | value:string metadata:record<any>?
/admin/product-tags | value:string! external_id:string? metadata:record<any>?
/admin/product-tags/{id} | value:string external_id:string? metadata:record<any>?
/admin/product-types | value:string! external_id:string? metadata:record<any>?
/admin/product-types/{id} | value:string external_id:string? metadata:record<any>?
/admin/products | title:string! subtitle:string? description:string? is_giftcard:boolstring discountable:boolstring images:object[] thumbnail:string? handle:string status:enum(draft/proposed/published/rejected)? external_id:string? type_id:string? collection_id:string? categories:object[] tags:object[] options:object[] variants:object[] sales_channels:object[] shipping_profile_id:string weight:number? length:number? height:number? width:number? hs_code:string? mid_code:string? origin_country:string? material:string? metadata:record<any>? additional_data:record<any>?
/admin/products/{id} | title:string discountable:boolstring is_giftcard:boolstring options:any option_ids:string[] variants:object[] status:enum(draft/proposed/published/rejected) subtitle:string? description:string? images:object[] thumbnail:string? handle:string type_id:string? external_id:string? collection_id:string? categories:object[] tags:object[] sales_channels:object[] shipping_profile_id:string? weight:number? length:number? height:number? width:number? hs_code:string? mid_code:string? origin_country:string? material:string? metadata:record<any>? additional_data:record<any>?
/admin/products/{id}/images/{image_id}/variants/batch | add:string[] remove:string[]
/admin/products/{id}/options/batch | add:union remove:string[] update:object[]
/admin/products/{id}/variants | title:string! sku:string? ean:string? upc:string? barcode:string? hs_code:string? mid_code:string? allow_backorder:boolstring manage_inventory:boolstring variant_rank:number weight:number? length:number? height:number? width:number? origin_country:string? material:string? metadata:record<any>? prices:object[]! options:record<string> inventory_items:object[] additional_data:record<any>?
/admin/products/{id}/variants/{variant_id} | id:string title:string prices:object[] sku:string? ean:string? upc:string? barcode:string? hs_code:string? mid_code:string? thumbnail:string? allow_backorder:boolstring manage_inventory:boolstring variant_rank:number weight:number? length:number? height:number? width:number? origin_country:string? material:string? metadata:record<any>? options:record<string> additional_data:record<any>?
/admin/products/{id}/variants/{variant_id}/images/batch | add:string[] remove:string[]
/admin/products/{id}/variants/{variant_id}/inventory-items | required_quantity:number! inventory_item_id:string!
/admin/products/{id}/variants/{variant_id}/inventory-items/{inventory_item_id} | required_quantity:number!
/admin/products/{id}/variants/batch | create:object[] update:object[] delete:string[]
/admin/products/{id}/variants/inventory-items/batch | create:object[] update:object[] delete:object[]
/admin/products/batch | create:object[] update:object[] delete:string[]
/admin/promotions | code:string! is_automatic:boolean type:enum(standard/buyget)! is_tax_inclusive:boolean status:enum(draft/active/inactive) campaign_id:string? campaign:object application_method:object! rules:object[] limit:int? metadata:record<any>? additional_data:record<any>?
/admin/promotions/{id} | code:string is_automatic:boolean is_tax_inclusive:boolean type:enum(standard/buyget) status:enum(draft/active/inactive) campaign_id:string? application_method:object limit:int? metadata:record<any>? additional_data:record<any>?
/admin/promotions/{id}/buy-rules/batch | create:object[] update:object[] delete:string[]
/admin/promotions/{id}/rules/batch | create:object[] update:object[] delete:string[]
/admin/promotions/{id}/target-rules/batch | create:object[] update:object[] delete:string[]
/admin/regions | name:string! currency_code:string! countries:string[] automatic_taxes:boolean is_tax_inclusive:boolean payment_providers:string[] metadata:record<any>?
/admin/regions/{id} | name:string currency_code:string countries:string[] automatic_taxes:boolean is_tax_inclusive:boolean payment_providers:string[] metadata:record<any>?
/admin/reservations | line_item_id:string? location_id:string! inventory_item_id:string! quantity:number! description:string? metadata:record<any>?
/admin/reservations/{id} | location_id:string quantity:number description:string? metadata:record<any>?
/admin/sales-channels | name:string! description:string? is_disabled:boolean metadata:record<any>?
/admin/sales-channels/{id} | name:string description:string? is_disabled:boolean metadata:record<any>?
/admin/sales-channels/{id}/products | add:string[] remove:string[]
/admin/shipping-option-types | label:string! code:string! description:string
/admin/shipping-option-types/{id} | label:string code:string description:string
/admin/shipping-options | name:string! service_zone_id:string! shipping_profile_id:string! data:record<any> price_type:enum(calculated/flat)! provider_id:string! type:object type_id:string prices:object[]! rules:object[] metadata:record<any>
/admin/shipping-options/{id} | name:string data:record<any> price_type:enum(calculated/flat) provider_id:string shipping_profile_id:string type:object type_id:string prices:object[] rules:object[] metadata:record<any>
/admin/shipping-options/{id}/rules/batch | create:object[] update:object[] delete:string[]
/admin/shipping-profiles | name:string! type:string! metadata:record<any>?
/admin/shipping-profiles/{id} | name:string type:string metadata:record<any>?
/admin/stock-locations | name:string! address:object address_id:string? metadata:record<any>?
/admin/stock-locations/{id} | name:string address:object address_id:string? metadata:record<any>?
/admin/stock-locations/{id}/fulfillment-providers | add:string[] remove:string[]
/admin/stock-locations/{id}/fulfillment-sets | name:string! type:string!
/admin/stock-locations/{id}/sales-channels | add:string[] remove:string[]
/admin/stores/{id} | name:string supported_currencies:object[] supported_locales:object[] default_sales_channel_id:string? default_region_id:string? default_location_id:string? metadata:record<any>?
/admin/tax-rates | rate:number code:string! rules:object[] name:string! is_default:boolean is_combinable:boolean tax_region_id:string! metadata:record<any>?
/admin/tax-rates/{id} | rate:number code:string rules:object[] name:string is_default:boolean is_combinable:boolean metadata:record<any>?
/admin/tax-rates/{id}/rules | reference:string! reference_id:string!
/admin/tax-regions | country_code:string! provider_id:string? province_code:string? parent_id:string? default_tax_rate:object metadata:record<any>? additional_data:record<any>?
/admin/tax-regions/{id} | province_code:string? provider_id:string metadata:record<any>?
/admin/users/{id} | first_name:string? last_name:string? avatar_url:string? metadata:record<any>?
`)
