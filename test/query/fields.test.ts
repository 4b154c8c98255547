import { chooseFields, refuseOrder } from '../../query/fields.ts'

const config = { defaults: ['id', 'title', '*variants', 'tags.value'] }
const store = { ...config, allowed: ['id', 'title', 'variants', 'variants.sku', '*tags', 'a.b.c.d'], maxRelations: 3 }
const chosen = (fields: string | undefined, more = {}) => chooseFields(fields, { ...config, ...more })

test.each<[string, string | undefined, string[], string[]?]>([
  ['nothing asked: the defaults as they are', undefined, ['id', 'title', 'variants.*', 'tags.value']],
  ['an empty list: the id only', '', ['id']],
  ['bare names replace', 'title,handle', ['title', 'handle', 'id']],
  ['+ adds', '+handle', ['id', 'title', 'variants.*', 'tags.value', 'handle']],
  ['a space is a decoded +', ' handle', ['id', 'title', 'variants.*', 'tags.value', 'handle']],
  ['- removes', '-title', ['id', 'variants.*', 'tags.value'], ['title']],
  ['- removes what is under it', '-variants,-tags', ['id', 'title'], ['variants', 'tags']],
  ['- does not remove what only begins alike', '-tag,-ti', ['id', 'title', 'variants.*', 'tags.value'], ['tag', 'ti']],
  ['- carves out of a star', '-variants.sku', ['id', 'title', 'variants.*', 'tags.value'], ['variants.sku']],
  ['* adds a relation', '*images', ['id', 'title', 'variants.*', 'tags.value', 'images.*']],
  ['.* adds a relation', 'images.*', ['id', 'title', 'variants.*', 'tags.value', 'images.*']],
  ['* with dots', '*variants.images', ['id', 'title', 'variants.*', 'tags.value', 'variants.images.*']],
  ['+ with a star', '+variants.images.*', ['id', 'title', 'variants.*', 'tags.value', 'variants.images.*']],
  ['one bare name makes it a list that replaces', '*images,handle,+a', ['images.*', 'handle', 'a', 'id']],
  ['removed and added again', '-variants,+variants.id', ['id', 'title', 'tags.value', 'variants.id']],
  ['the id cannot be removed', '-id,-title', ['id', 'variants.*', 'tags.value'], ['title']],
  ['empty entries count for nothing', ',title,,', ['title', 'id']],
  ['a star alone is all of the entity', '*', ['id', 'title', 'variants.*', 'tags.value', '*']],
  ['the same twice is once', 'a,a,id', ['a', 'id']],
])('%s', (_, fields, include, exclude = []) => {
  expect(chosen(fields)).toMatchObject({ include, exclude })
})

test('what is not literally allowed is dropped, a starred relation too', () => {
  const asked = (fields: string) => chooseFields(fields, store).include
  expect(asked('title,handle,variants.sku,variants.title,*variants,*images')).toEqual([
    'title',
    'variants.sku',
    'variants.*',
    'id',
  ])
  expect(asked('tags.*')).toContain('tags.*')
  expect(asked('+secret')).toEqual(['id', 'title', 'variants.*', 'tags.value'])
})

test('what is disallowed, or restricted where nothing says what is allowed, is dropped by segment', () => {
  expect(chosen('a,ORDER.id,b.order.c,orders,border', { restricted: ['order', 'orders'] }).include).toEqual([
    'a',
    'border',
    'id',
  ])
  expect(chosen('*order,+a', { restricted: ['order'] }).include).toEqual([...chosen(undefined).include, 'a'])
  expect(chosen('a,b.Secret', { disallowed: ['secret'] }).include).toEqual(['a', 'id'])
  expect(chosen('order.id', { restricted: ['order'], allowed: ['order.id'] }).include).toEqual(['order.id', 'id'])
  expect(chosen('order.id', { disallowed: ['order'], allowed: ['order.id'] }).include).toEqual(['id'])
})

test('relations can be expanded only so deep', () => {
  const refusal = 'The following fields expand more than the maximum of 2 allowed relations: '
  const limited = { maxRelations: 2 }
  expect(chosen('a.b.c,*a.b', limited).include).toEqual(['a.b.c', 'a.b.*', 'id'])
  expect(() => chosen('a.b.c.d', limited)).toThrow(`${refusal}a.b.c.d`)
  expect(() => chosen('a,*a.b.c,x.y.z.q', limited)).toThrow(`${refusal}a.b.c.*, x.y.z.q`)
  expect(() => chosen(`${'a.'.repeat(9)}b`)).toThrow(/more than 8 relations deep/)
})

test('too many fields are refused', () => {
  const fields = Array.from({ length: 301 }, (_, i) => `f${i}`).join(',')
  expect(() => chosen(fields)).toThrow('The fields are too many: 301, at most 300')
})

test('an order by what is not allowed is refused', () => {
  expect(() => refuseOrder('-handle', store)).toThrow('Order field handle is not valid')
  expect(() => refuseOrder('-title', store)).not.toThrow()
  expect(() => refuseOrder('variants.sku', store)).not.toThrow()
  expect(() => refuseOrder('anything', config)).not.toThrow()
})
