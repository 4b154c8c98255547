/** The catalogue with one workflow whose steps are others than before: the replay has to notice. */
import { read, write } from '../../workflows/steps.ts'

export { deleteBrands, syncBrandsToCms, updateBrands } from '../../workflows/index.ts'

export async function createBrands(): Promise<void> {
  await read.listBrands({ limit: 1 })
  await write.createBrands([])
}
