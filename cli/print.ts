/** The output of commands for people; programs use JSON on stdout. */
import pc from 'picocolors'

export { pc }

/** A progress line on stderr. */
export function note(text: string): void {
  process.stderr.write(`${pc.dim('›')} ${text}\n`)
}

/** Lines of label and value. */
export function facts(pairs: Record<string, string | undefined>): void {
  const width = Math.max(...Object.keys(pairs).map((label) => label.length))
  for (const [label, value] of Object.entries(pairs)) {
    if (value !== undefined) console.log(`  ${pc.dim(label.padEnd(width))}  ${value}`)
  }
}

/** A table, or its rows as JSON. */
export function table(rows: Record<string, unknown>[], options: { json?: boolean; empty: string }): void {
  if (options.json) console.log(JSON.stringify(rows, null, 2))
  else if (rows.length === 0) console.log(options.empty)
  else for (const line of lines(rows)) console.log(line)
}

function lines(rows: Record<string, unknown>[]): string[] {
  const columns = Object.keys(rows[0]!)
  const cells = rows.map((row) => columns.map((column) => String(row[column] ?? '')))
  const widths = columns.map((column, i) => Math.max(column.length, ...cells.map((line) => line[i]!.length)))
  const line = (parts: string[]) =>
    parts
      .map((part, i) => part.padEnd(widths[i]!))
      .join('  ')
      .trimEnd()
  return [pc.dim(line(columns)), ...cells.map(line)]
}

const BRIEF = 60

/** A value as JSON, shortened to part of a line. */
export function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? ''
  return text.length > BRIEF ? `${text.slice(0, BRIEF)}…` : text
}
