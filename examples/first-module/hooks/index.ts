export { noteNewProducts } from './note-new-products.ts'
