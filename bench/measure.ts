/** Measurements for the scripts in this folder. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_S = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** The CPU time of a process and its children, in ms (Linux). */
export function cpuMsOf(pid: number): number {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const stats = all.flatMap((id) => statOf(Number(id)) ?? [])
  const family = new Set([pid])
  for (const { id, parent } of stats.sort((a, b) => a.id - b.id)) if (family.has(parent)) family.add(id)
  return stats.filter(({ id }) => family.has(id)).reduce((sum, { ticks }) => sum + (ticks / TICKS_PER_S) * 1000, 0)
}

function statOf(id: number): { id: number; parent: number; ticks: number } | undefined {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15) as [number, number, number, number]
    return { id, parent: fields[1]!, ticks: user + system + childrenUser + childrenSystem }
  } catch {
    return undefined // it has just ended
  }
}

/** @param values in ascending order. */
export function percentile(sorted: number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]!
}

/** The memory of a process, in MiB (Linux). */
export function memoryMiBOf(pid: number): number {
  const [, kib] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kib) / 1024)
}
