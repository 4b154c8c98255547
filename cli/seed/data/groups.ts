/** What the products of the demo shop are found by. */

export interface DemoCategory {
  handle: string
  name: string
  description?: string
  below?: DemoCategory[]
}

export const categories: DemoCategory[] = [
  {
    handle: 'clothing',
    name: 'Clothing',
    description: 'Made to be worn for years',
    below: [
      {
        handle: 'tops',
        name: 'Tops',
        below: [
          { handle: 't-shirts', name: 'T-shirts' },
          { handle: 'sweatshirts', name: 'Sweatshirts' },
          { handle: 'shirts', name: 'Shirts' },
        ],
      },
      {
        handle: 'accessories',
        name: 'Accessories',
        below: [
          { handle: 'socks', name: 'Socks' },
          { handle: 'hats', name: 'Hats' },
        ],
      },
      {
        handle: 'bags',
        name: 'Bags',
        below: [
          { handle: 'totes', name: 'Totes' },
          { handle: 'backpacks', name: 'Backpacks' },
        ],
      },
    ],
  },
  {
    handle: 'home',
    name: 'Home',
    description: 'For kitchens and sofas',
    below: [
      {
        handle: 'kitchen',
        name: 'Kitchen',
        below: [
          { handle: 'mugs', name: 'Mugs' },
          { handle: 'kitchen-textiles', name: 'Kitchen Textiles' },
        ],
      },
      {
        handle: 'living',
        name: 'Living',
        below: [
          { handle: 'blankets', name: 'Blankets' },
          { handle: 'candles', name: 'Candles' },
        ],
      },
    ],
  },
  {
    handle: 'paper',
    name: 'Paper',
    description: 'To hang, to read, to write on',
    below: [
      {
        handle: 'prints',
        name: 'Prints',
        below: [
          { handle: 'posters', name: 'Posters' },
          { handle: 'postcards', name: 'Postcards' },
        ],
      },
      {
        handle: 'books',
        name: 'Books',
        below: [
          { handle: 'field-guides', name: 'Field Guides' },
          { handle: 'fiction', name: 'Fiction' },
        ],
      },
      { handle: 'stationery', name: 'Stationery', below: [{ handle: 'notebooks', name: 'Notebooks' }] },
    ],
  },
]

export const collections = [
  { handle: 'everyday', title: 'Everyday' },
  { handle: 'deep-sea', title: 'Deep Sea' },
  { handle: 'winter-light', title: 'Winter Light' },
  { handle: 'studio-editions', title: 'Studio Editions' },
]
