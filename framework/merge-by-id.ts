/** Changes of one row as one: of what several of them give, the later counts. */
export function mergeById<C extends { id: string }>(changes: readonly C[]): C[] {
  const byId = new Map<string, C>()
  for (const change of changes) byId.set(change.id, { ...byId.get(change.id), ...change })
  return [...byId.values()]
}
