/** The categories and collections of the demo shop. */

export interface DemoCategory {
  handle: string
  name: string
  description?: string
  children?: DemoCategory[]
}

export const categories: DemoCategory[] = [
  {
    handle: 'clothing',
    name: 'Clothing',
    description: 'Made to be worn for years',
    children: [
      {
        handle: 'tops',
        name: 'Tops',
        children: [
          { handle: 't-shirts', name: 'T-shirts' },
          { handle: 'sweatshirts', name: 'Sweatshirts' },
          { handle: 'shirts', name: 'Shirts' },
        ],
      },
      {
        handle: 'accessories',
        name: 'Accessories',
        children: [
          { handle: 'socks', name: 'Socks' },
          { handle: 'hats', name: 'Hats' },
        ],
      },
      {
        handle: 'bags',
        name: 'Bags',
        children: [
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
    children: [
      {
        handle: 'kitchen',
        name: 'Kitchen',
        children: [
          { handle: 'mugs', name: 'Mugs' },
          { handle: 'kitchen-textiles', name: 'Kitchen Textiles' },
        ],
      },
      {
        handle: 'living',
        name: 'Living',
        children: [
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
    children: [
      {
        handle: 'prints',
        name: 'Prints',
        children: [
          { handle: 'posters', name: 'Posters' },
          { handle: 'postcards', name: 'Postcards' },
        ],
      },
      {
        handle: 'books',
        name: 'Books',
        children: [
          { handle: 'field-guides', name: 'Field Guides' },
          { handle: 'fiction', name: 'Fiction' },
        ],
      },
      { handle: 'stationery', name: 'Stationery', children: [{ handle: 'notebooks', name: 'Notebooks' }] },
    ],
  },
]

export const collections = [
  { handle: 'everyday', title: 'Everyday' },
  { handle: 'deep-sea', title: 'Deep Sea' },
  { handle: 'winter-light', title: 'Winter Light' },
  { handle: 'studio-editions', title: 'Studio Editions' },
]
