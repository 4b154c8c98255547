/** Images of the demo products as `data:` URLs, because there is no file storage yet. */
import type { DemoProduct, DemoType } from './product.ts'

const COLOURS: Record<string, string> = {
  Ink: '#22304f',
  Oat: '#e6d9be',
  Moss: '#66764a',
  Chalk: '#f7f5ef',
  Rust: '#b4532e',
  Sea: '#2e7f88',
  Sky: '#8db7dc',
  Slate: '#6b7683',
  Coral: '#f0786a',
  Sand: '#cdb389',
  Plum: '#6d3f63',
}
const PLAIN = ['Sea', 'Coral', 'Sand', 'Plum', 'Sky', 'Rust']

/** SVG paths on a canvas of 64 by 64. */
const SHAPES: Record<DemoType, string> = {
  'T-shirt': 'M24 14l-14 7 5 11 6-3v23h22V29l6 3 5-11-14-7q-8 7-16 0z',
  Sweatshirt: 'M23 14L9 24l-1 26h7l3-17v19h28V33l3 17h7l-1-26-14-10q-9 8-18 0z',
  Shirt: 'M24 13L10 21l4 12 6-3v23h11V21zm16 0l14 8-4 12-6-3v23H33V21z',
  Socks: 'M26 10h15v24l-3 10-12 10q-8 2-10-5l10-12z',
  Hat: 'M12 42q2-26 20-26t20 26zm-3 3h46v7H9z',
  Bag: 'M14 26h36l3 28H11zm9-2q0-13 9-13t9 13h-4q0-9-5-9t-5 9z',
  Mug: 'M14 18h28v5h8q4 0 4 4v9q0 8-12 8v8H14zm28 10v10q6 0 6-4v-6z',
  Textile: 'M12 14h40v36H12zM12 53h4v4h-4zm12 0h4v4h-4zm12 0h4v4h-4zm12 0h4v4h-4z',
  Candle: 'M20 28h24v26H20zM32 8q7 9 0 15-7-6 0-15z',
  Print: 'M14 8h36v48H14zm5 5v38h26V13zm13 6q9 0 9 10H23q0-10 9-10zm-6 12h2v14h-2zm5 0h2v17h-2zm5 0h2v12h-2z',
  Book: 'M14 12h18v40H14zm20 0h16v40H34zm4 8v3h8v-3z',
  Notebook: 'M16 10h34v44H16zm-4 6h8v3h-8zm0 10h8v3h-8zm0 10h8v3h-8zm0 10h8v3h-8z',
}

/** One image for each colour of the product. */
export function picturesOf({ handle, type, options }: DemoProduct): string[] {
  const colours = options.Colour ?? [PLAIN[handle.length % PLAIN.length]!]
  return colours.map((colour) => picture(SHAPES[type], COLOURS[colour]!))
}

function picture(shape: string, colour: string): string {
  const sheet = `<rect width='64' height='64' fill='${colour}' opacity='.15'/>`
  const thing = `<path d='${shape}' fill='${colour}' stroke='#22304f' stroke-width='.6' fill-rule='evenodd'/>`
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'>${sheet}${thing}</svg>`
  return `data:image/svg+xml,${svg.replace(/[#<>%"]/g, encodeURIComponent)}`
}
