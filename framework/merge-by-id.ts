/** Merges changes of the same row; the last value of a field wins. Free of Node. */
export function mergeById<C extends { id: string }>(changes: readonly C[]): C[] {
  const byId = new Map<string, C>()
  for (const change of changes) byId.set(change.id, { ...byId.get(change.id), ...change })
  return [...byId.values()]
}
