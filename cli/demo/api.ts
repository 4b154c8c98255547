/** The requests of the demo to the API. */
import { pc, table } from '../print.ts'

export interface DemoApi {
  createBrand(name: string): Promise<void>
  sync(): Promise<{ status: number; body: { brands?: number; added?: number; code?: string }; workflowId: string }>
  /** Prints the steps of an execution, and where to inspect it. */
  printSteps(workflowId: string): Promise<void>
}

interface WireStep {
  id: string
  invoke: { state: string }
  compensate: { state: string }
  attempts: number
  input: unknown[] | null
  error: { message: string } | null
}

const CLIENTS = 8

interface Server {
  url: string
  token: string
  temporalUiUrl?: string | undefined
}

export function demoApi({ url, token, temporalUiUrl }: Server): DemoApi {
  const authorization = `Bearer ${token}`
  const request = (method: string, path: string, body?: unknown) =>
    fetch(`${url}${path}`, {
      method,
      headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  return {
    async createBrand(name) {
      const response = await request('POST', '/admin/brands', { name })
      if (response.status !== 200)
        throw new Error(`POST /admin/brands: HTTP ${response.status} ${await response.text()}`)
    },
    async sync() {
      const response = await request('POST', '/admin/brands/sync', {})
      const workflowId = response.headers.get('x-workflow-id') ?? ''
      return { status: response.status, body: (await response.json()) as object, workflowId }
    },
    async printSteps(workflowId) {
      const response = await request('GET', `/admin/workflows-executions/${workflowId}`)
      const { workflow_execution: execution } = (await response.json()) as {
        workflow_execution: { id: string; run_id: string; execution: { steps: Record<string, WireStep> } }
      }
      const rows = Object.values(execution.execution.steps).map((step) => ({
        '  step': `  ${step.id.replace('_root.', '')}`,
        brands: sizeOf(step.input),
        done: step.invoke.state,
        undone: step.compensate.state === 'dormant' ? '' : step.compensate.state,
        attempts: step.attempts,
        error: step.error?.message ?? '',
      }))
      console.log()
      table(rows, { empty: '  no steps' })
      const ui = `${temporalUiUrl}/namespaces/default/workflows/${encodeURIComponent(workflowId)}/${execution.run_id}`
      console.log(pc.dim(`\n  API       ${url}/admin/workflows-executions/${execution.id}`))
      if (temporalUiUrl) console.log(pc.dim(`  Temporal  ${ui}/history`))
      console.log()
    },
  }
}

function sizeOf(input: unknown[] | null): string {
  return Array.isArray(input?.[0]) ? String(input[0].length) : ''
}

/** One request for each brand, eight at a time. */
export async function createBrands(api: DemoApi, count: number, prefix: string): Promise<void> {
  const started = Date.now()
  let next = 0
  const progress = () => process.stdout.isTTY && process.stdout.write(`\r  creating brands: ${next} of ${count}`)
  const client = async () => {
    while (next < count) {
      await api.createBrand(`${prefix} ${++next}`)
      progress()
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  const seconds = (Date.now() - started) / 1000
  if (process.stdout.isTTY) process.stdout.write('\r')
  console.log(
    `  created ${count} brands through HTTP in ${seconds.toFixed(1)} s (${Math.round(count / seconds)} per s)`,
  )
}
