/** The regions, shipping options and taxes of the demo shop. */

export interface DemoRegion {
  name: string
  currency_code: 'eur' | 'usd'
  /** Whether prices in its currency include taxes. */
  is_tax_inclusive: boolean
  /** Country → tax rate in percent; none if sales tax is set by states. */
  countries: Record<string, number | undefined>
  /** The name of its service zone. */
  zone: string
  shipping: { name: string; code: string; description: string; amounts: { eur: number; usd: number } }[]
}

export const regions: DemoRegion[] = [
  {
    name: 'Europe',
    currency_code: 'eur',
    is_tax_inclusive: true,
    countries: { de: 19, fr: 20, it: 22, es: 21, nl: 21, be: 21, at: 20, ie: 23, pt: 23, fi: 25.5 },
    zone: 'Europe from Rotterdam',
    shipping: [
      { name: 'Standard', code: 'standard', description: '2 to 4 days', amounts: { eur: 4.9, usd: 5.5 } },
      { name: 'Express', code: 'express', description: 'The next working day', amounts: { eur: 12.9, usd: 14 } },
    ],
  },
  {
    name: 'USA',
    currency_code: 'usd',
    is_tax_inclusive: false,
    countries: { us: undefined },
    zone: 'USA from Rotterdam',
    shipping: [
      { name: 'Standard', code: 'standard', description: '6 to 10 days', amounts: { eur: 13.5, usd: 15 } },
      { name: 'Express', code: 'express', description: '2 to 3 days', amounts: { eur: 29, usd: 32 } },
    ],
  },
]

export const location = {
  name: 'Rotterdam Warehouse',
  address: { address_1: 'Waalhaven O.z. 12', city: 'Rotterdam', postal_code: '3087 BM', country_code: 'nl' },
  fulfillmentSet: 'Shipping from Rotterdam',
}

export const sale = { title: 'Summer Sale', description: 'Some of everything, 10 to 30 per cent off' }
export const promotion = { code: 'WELCOME10', percent: 10 }

/** The names of product variations. */
export const editions = [
  ...['Lisbon', 'Porto', 'Bilbao', 'Nantes', 'Brest', 'Calais', 'Ostend', 'Delft', 'Hamburg', 'Aarhus'],
  ...['Bergen', 'Malmö', 'Gdańsk', 'Riga', 'Tallinn', 'Turku', 'Oban', 'Cork', 'Galway', 'Whitby'],
  ...['Naples', 'Genoa', 'Trieste', 'Split', 'Corfu', 'Chania', 'Valletta', 'Cádiz', 'Palma', 'Marseille'],
  ...['Boston', 'Portland', 'Astoria', 'Savannah', 'Mobile', 'Monterey', 'Sitka', 'Halifax', 'Lima', 'Hobart'],
]
