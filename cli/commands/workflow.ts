/** `turri workflow`: start changes, and look at them. */
import { pathToFileURL } from 'node:url'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { ulid } from 'ulid'
import { openDatabase } from '../../framework/database.ts'
import { Problem } from '../../framework/problem.ts'
import { createRunner } from '../../framework/run.ts'
import { createExecutions, type ExecutionDetail, type Executions } from '../../framework/temporal/executions.ts'
import { type ChangeWorkflow, camel } from '../../framework/workflow/change.ts'
import { databaseUrlOf, loadProject, openClient, openRunning } from '../context.ts'
import { facts, pc, table } from '../print.ts'

const STATES = ['invoking', 'compensating', 'done', 'reverted', 'failed'] as const

export function addWorkflowCommands(program: Command): void {
  const workflow = program.command('workflow').description('start changes, and look at them')
  workflow
    .command('start <name>')
    .description('start a workflow, or join the one that runs, and print its answer')
    .option('-i, --input <json>', 'its input', jsonOf, {})
    .option('-k, --key <key>', 'an idempotency key: the same key has one effect')
    .action(start)
  workflow
    .command('list')
    .description('list executions, the newest first')
    .option('-w, --workflow <name>', 'only of this workflow, such as sync-brands-to-cms')
    .addOption(new Option('-s, --state <state>', 'only in this state').choices(STATES))
    .option('-n, --limit <count>', 'so many at most', Number, 20)
    .option('--json', 'as JSON')
    .action(list)
  workflow
    .command('show <id>')
    .description('show an execution with its steps')
    .option('--json', 'as JSON, with the input and output of each step')
    .action(show)
  workflow
    .command('cancel <id>')
    .description('ask an execution to stop and to take back what it did')
    .action((id: string) =>
      withExecutions(async (executions) => {
        await executions.cancel(id)
        console.log(`${id} has been asked to stop. See \`turri workflow show ${id}\`.`)
      }),
    )
}

async function start(name: string, { input, key }: { input: unknown; key?: string }): Promise<void> {
  const base = openRunning()
  const workflow = await workflowOf(name)
  const { client, close } = await openClient(base)
  try {
    const { taskQueue } = base.config.temporal.worker
    const { digest, maxChanges } = base.config
    const runner = createRunner({ client, taskQueue, eager: false, digest, maxChanges })
    const content = JSON.stringify([workflow.name, input])
    const request = {
      requestId: ulid(),
      actor: 'cli',
      method: 'CLI',
      path: workflow.name,
      content,
      ...(key && { key }),
    }
    const outcome = await runner.run(workflow, input, { request })
    if (outcome.state === 'running') {
      console.log(`${outcome.workflowId} is still running. See \`turri workflow show ${outcome.workflowId}\`.`)
    } else {
      console.error(pc.dim(`${outcome.workflowId}${outcome.replayed ? ' (an earlier request began it)' : ''}`))
      console.log(JSON.stringify(outcome.answer, null, 2))
    }
  } finally {
    await close()
  }
}

/** By its exported name, or that with dashes. */
async function workflowOf(name: string): Promise<ChangeWorkflow> {
  const { workflows } = await loadProject()
  const catalogue = (await import(pathToFileURL(workflows).href)) as Record<string, ChangeWorkflow>
  const workflow = catalogue[camel(name)]
  if (workflow) return workflow
  throw new Error(`There is no workflow '${name}'. There are: ${Object.keys(catalogue).sort().join(', ')}`)
}

function list(options: { workflow?: string; state?: (typeof STATES)[number]; limit: number; json?: boolean }) {
  return withExecutions(async (executions) => {
    const { rows } = await executions.list({
      limit: options.limit,
      offset: 0,
      ...(options.workflow && { workflow_id: [options.workflow] }),
      ...(options.state && { state: [options.state] }),
    })
    const shown = rows.map((row) => ({
      id: `${row.workflow_id}/${row.transaction_id}`,
      state: row.state,
      started: row.created_at,
      ended: row.state === 'invoking' ? '' : row.updated_at,
    }))
    table(options.json ? (rows as never) : shown, { json: options.json, empty: 'No executions.' })
  })
}

function show(id: string, { json }: { json?: boolean }) {
  return withExecutions(async (executions) => {
    const execution = await executions.show(id)
    if (json) console.log(JSON.stringify(execution, null, 2))
    else printExecution(execution)
  })
}

/** An execution and its steps, for people. */
export function printExecution(execution: ExecutionDetail): void {
  const { workflow_id, transaction_id, state, created_at, steps, error, input, output, progress } = execution
  facts({
    workflow: workflow_id,
    id: transaction_id,
    state: error ? `${state}: ${error.type}: ${error.message}` : state,
    started: created_at,
    progress: progress === undefined ? undefined : brief(progress),
    input: brief(input),
    output: brief(output),
  })
  console.log()
  const shown = steps.map((step) => ({
    step: step.id,
    state: step.state,
    attempts: step.attempts,
    ms: step.started_at && step.finished_at ? Date.parse(step.finished_at) - Date.parse(step.started_at) : '',
    input: brief(step.input),
    'output or error': step.error ? `${step.error.type}: ${step.error.message}` : brief(step.output),
  }))
  table(shown, { empty: '  No steps.' })
}

const BRIEF = 60

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? ''
  return text.length > BRIEF ? `${text.slice(0, BRIEF)}…` : text
}

async function withExecutions(work: (executions: Executions) => Promise<void>): Promise<void> {
  const base = openRunning()
  const { client, close } = await openClient(base)
  const db = openDatabase({ url: databaseUrlOf(base.config), max: 1, readOnly: true, log: base.log })
  try {
    await work(createExecutions(client, db, base.config.temporal.worker.taskQueue))
  } catch (error) {
    throw error instanceof Problem ? new Error(error.message) : error
  } finally {
    await db.destroy()
    await close()
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InvalidArgumentError(`It is no JSON: ${(error as Error).message}`)
  }
}
