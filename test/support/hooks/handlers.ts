import { type Hook, newId, Problem, runMark, steps, withSaga } from '../../../framework/workflow/index.ts'
import * as hooks from '../../../workflows/hooks.ts'
import type { ThingActivities } from '../sagas/module.ts'

const { write, call, undo } = steps<ThingActivities>()

/** A handler that adds a red thing, and a page of the CMS or a refusal if `additional_data` says so. */
const handlerOf = ([name, hook]: [string, Hook<never>]) => [
  name,
  hook.handle(async (input: { additional_data?: { refuse?: boolean; cms?: boolean } }, saga) => {
    const id = newId('thing')
    await write.changeRed([{ do: 'create', rows: [{ id, name: id, note: `${name} ${JSON.stringify(input)}` }] }])
    const [page, mark] = [[{ id, name, handle: id }], runMark()]
    if (input.additional_data?.cms) {
      await saga.step(
        () => call.createBrandsInCms(page, mark),
        () => undo.deleteBrandsFromCms(page, mark),
      )
    }
    if (input.additional_data?.refuse) throw new Problem('not_allowed', `${name} is refused`)
  }),
]

/** Runs after the handler of `productsCreated`; each uses `withSaga`. */
export const productsCreatedToo = hooks.productsCreated.handle(async ({ additional_data }) => {
  const id = newId('thing')
  await withSaga(async (saga) => {
    await saga.step(() => write.changeRed([{ do: 'create', rows: [{ id, name: id, note: 'too {}' }] }]))
    if (additional_data?.refuseLate) throw new Problem('not_allowed', 'it is too late')
  })
})

export const {
  apiKeysCreated,
  campaignsCreated,
  campaignsDeleted,
  campaignsUpdated,
  categoriesCreated,
  categoriesDeleted,
  categoriesUpdated,
  collectionsCreated,
  collectionsDeleted,
  collectionsUpdated,
  productOptionsCreated,
  productOptionsDeleted,
  productOptionsUpdated,
  productsCreated,
  productsDeleted,
  productsUpdated,
  productTagsCreated,
  productTagsDeleted,
  productTagsUpdated,
  productTypesCreated,
  productTypesDeleted,
  productTypesUpdated,
  productVariantsCreated,
  productVariantsDeleted,
  productVariantsUpdated,
  promotionsCreated,
  promotionsDeleted,
  promotionStatusUpdated,
  promotionsUpdated,
  shippingOptionTypesCreated,
  shippingOptionTypesDeleted,
  shippingOptionTypesUpdated,
  stockLocationsCreated,
} = Object.fromEntries(Object.entries(hooks).map(handlerOf as never)) as Record<string, never>
