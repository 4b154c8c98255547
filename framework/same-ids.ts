/** Whether these are the same ids, in whatever order. */
export function isSame(some: readonly string[], others: readonly string[]): boolean {
  return [...some].sort().join() === [...others].sort().join()
}
