/** Reads a table: a line of names, then a line for each row, its cells between bars. */
export function rowsOf(table: string): Record<string, string>[] {
  const [head, ...lines] = table.trim().split('\n')
  const names = cellsOf(head!)
  return lines.map((line) => Object.fromEntries(cellsOf(line).map((cell, at) => [names[at], cell])))
}

const cellsOf = (line: string) => line.split('|').map((cell) => cell.trim())
