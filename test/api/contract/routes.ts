/** The routes of the catalogue, products, stock, prices and settings, as the facts of the HTTP API have them. */
export const ROUTES = `
GET POST /admin/api-keys
DELETE GET POST /admin/api-keys/{id}
POST /admin/api-keys/{id}/revoke
POST /admin/api-keys/{id}/sales-channels
GET POST /admin/campaigns
DELETE GET POST /admin/campaigns/{id}
POST /admin/campaigns/{id}/promotions
GET POST /admin/collections
DELETE GET POST /admin/collections/{id}
POST /admin/collections/{id}/products
GET /admin/currencies
GET /admin/currencies/{code}
GET /admin/feature-flags
GET /admin/fulfillment-providers
GET /admin/fulfillment-providers/{id}/options
DELETE /admin/fulfillment-sets/{id}
POST /admin/fulfillment-sets/{id}/service-zones
DELETE GET POST /admin/fulfillment-sets/{id}/service-zones/{zone_id}
GET POST /admin/inventory-items
POST /admin/inventory-items/location-levels/batch
DELETE GET POST /admin/inventory-items/{id}
GET POST /admin/inventory-items/{id}/location-levels
POST /admin/inventory-items/{id}/location-levels/batch
DELETE POST /admin/inventory-items/{id}/location-levels/{location_id}
GET /admin/payments/payment-providers
GET /admin/plugins
GET POST /admin/price-lists
DELETE GET POST /admin/price-lists/{id}
GET /admin/price-lists/{id}/prices
POST /admin/price-lists/{id}/prices/batch
POST /admin/price-lists/{id}/products
GET POST /admin/price-preferences
DELETE GET POST /admin/price-preferences/{id}
GET POST /admin/product-categories
DELETE GET POST /admin/product-categories/{id}
POST /admin/product-categories/{id}/products
GET POST /admin/product-options
DELETE GET POST /admin/product-options/{id}
GET /admin/product-options/{id}/values
DELETE GET POST /admin/product-options/{id}/values/{value_id}
GET POST /admin/product-tags
DELETE GET POST /admin/product-tags/{id}
GET POST /admin/product-types
DELETE GET POST /admin/product-types/{id}
GET /admin/product-variants
GET POST /admin/products
POST /admin/products/batch
DELETE GET POST /admin/products/{id}
POST /admin/products/{id}/images/{image_id}/variants/batch
GET /admin/products/{id}/options
POST /admin/products/{id}/options/batch
GET POST /admin/products/{id}/variants
POST /admin/products/{id}/variants/batch
POST /admin/products/{id}/variants/inventory-items/batch
DELETE GET POST /admin/products/{id}/variants/{variant_id}
POST /admin/products/{id}/variants/{variant_id}/images/batch
POST /admin/products/{id}/variants/{variant_id}/inventory-items
DELETE POST /admin/products/{id}/variants/{variant_id}/inventory-items/{inventory_item_id}
GET POST /admin/promotions
GET /admin/promotions/rule-attribute-options/{rule_type}
GET /admin/promotions/rule-value-options/{rule_type}/{rule_attribute_id}
DELETE GET POST /admin/promotions/{id}
POST /admin/promotions/{id}/buy-rules/batch
POST /admin/promotions/{id}/rules/batch
POST /admin/promotions/{id}/target-rules/batch
GET /admin/promotions/{id}/{rule_type}
GET POST /admin/regions
DELETE GET POST /admin/regions/{id}
GET POST /admin/reservations
DELETE GET POST /admin/reservations/{id}
GET POST /admin/sales-channels
DELETE GET POST /admin/sales-channels/{id}
POST /admin/sales-channels/{id}/products
GET POST /admin/shipping-option-types
DELETE GET POST /admin/shipping-option-types/{id}
GET POST /admin/shipping-options
DELETE GET POST /admin/shipping-options/{id}
POST /admin/shipping-options/{id}/rules/batch
GET POST /admin/shipping-profiles
DELETE GET POST /admin/shipping-profiles/{id}
GET POST /admin/stock-locations
DELETE GET POST /admin/stock-locations/{id}
POST /admin/stock-locations/{id}/fulfillment-providers
POST /admin/stock-locations/{id}/fulfillment-sets
POST /admin/stock-locations/{id}/sales-channels
GET /admin/stores
GET POST /admin/stores/{id}
GET /admin/tax-providers
GET POST /admin/tax-rates
DELETE GET POST /admin/tax-rates/{id}
POST /admin/tax-rates/{id}/rules
DELETE /admin/tax-rates/{id}/rules/{rule_id}
GET POST /admin/tax-regions
DELETE GET POST /admin/tax-regions/{id}
GET /admin/users
GET /admin/users/me
DELETE GET POST /admin/users/{id}
DELETE POST /auth/session
POST /auth/token/refresh
GET /auth/{actor_type}/providers
POST /auth/{actor_type}/{auth_provider}
POST /auth/{actor_type}/{auth_provider}/register
GET /store/collections
GET /store/collections/{id}
GET /store/currencies
GET /store/currencies/{code}
GET /store/payment-providers
GET /store/product-categories
GET /store/product-categories/{id}
GET /store/product-options
GET /store/product-options/{id}
GET /store/product-tags
GET /store/product-tags/{id}
GET /store/product-types
GET /store/product-types/{id}
GET /store/product-variants
GET /store/product-variants/{id}
GET /store/products
GET /store/products/{id}
GET /store/regions
GET /store/regions/{id}
`
