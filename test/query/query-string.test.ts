import { parseQueryString } from '../../framework/http/query-string.ts'

/** Without the objects' missing prototypes. */
const parsed = (text: string) => JSON.parse(JSON.stringify(parseQueryString(text)))

test.each([
  ['a=1&b=x', { a: '1', b: 'x' }],
  ['id=a&id=b', { id: ['a', 'b'] }],
  ['id[]=a&id[]=b', { id: ['a', 'b'] }],
  ['id[0]=a&id[1]=b', { id: ['a', 'b'] }],
  ['id[]=a,b', { id: ['a', 'b'] }],
  ['id[0]=a,b', { id: ['a', 'b'] }],
  ['id[]=a,b&id[]=c', { id: ['a,b', 'c'] }],
  ['id=a,b', { id: 'a,b' }],
  ['created_at[$gte]=2026-01-01&created_at[$lt]=2027-01-01', { created_at: { $gte: '2026-01-01', $lt: '2027-01-01' } }],
  ['created_at%5B%24gte%5D=1', { created_at: { $gte: '1' } }],
  ['a.b=1', { a: { b: '1' } }],
  ['a.b=1&a.c=2&a[d]=3', { a: { b: '1', c: '2', d: '3' } }],
  ['variants[options][value_id]=x', { variants: { options: { value_id: 'x' } } }],
  ['$or[0][title]=a&$or[1][title]=b', { $or: [{ title: 'a' }, { title: 'b' }] }],
  ['$and[][a]=1', { $and: [{ a: '1' }] }],
  ['fields=%2Ba&q=x+y', { fields: '+a', q: 'x y' }],
  ['fields=+a', { fields: ' a' }],
  ['empty=', { empty: '' }],
  ['', {}],
])('%s', (text, meaning) => {
  expect(parsed(text)).toEqual(meaning)
})

test('dots go two levels deep', () => {
  expect(() => parseQueryString('a.b.c=1')).toThrow('Key accessor more than 2 levels deep: a.b.c')
})

test('prototypes are out of reach', () => {
  parseQueryString('__proto__[x]=1&constructor[prototype][x]=1&a.__proto__=1&a[__proto__][x]=1')
  expect(({} as { x?: string }).x).toBeUndefined()
})

test.each([
  ['a list', Array.from({ length: 1001 }, () => 'a[]=1').join('&')],
  ['parameters', Array.from({ length: 1001 }, (_, i) => `a${i}=1`).join('&')],
  ['depth', `a${'[b]'.repeat(12)}=1`],
])('too much %s is refused', (_, text) => {
  expect(() => parseQueryString(text)).toThrow(/^The query string is too large: /)
})
