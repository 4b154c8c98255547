export { noteNewBrands } from './note-new-brands.ts'
