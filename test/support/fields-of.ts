/** The sorted paths of all fields of an answer, such as `order.items[].id`. */
export function fieldsOf(value: unknown, path = ''): string[] {
  return [...new Set(pathsOf(value, path))].sort()
}

function pathsOf(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => pathsOf(one, `${path}[]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => {
    const at = path === '' ? name : `${path}.${name}`
    return [at, ...pathsOf(one, at)]
  })
}
