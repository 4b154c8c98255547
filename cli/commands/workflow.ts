/** `turri workflow`: start workflows and inspect their executions. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { loadCatalogue } from '../../framework/catalogue.ts'
import type { ExecutionDetail } from '../../framework/temporal/executions.ts'
import { type ChangeWorkflow, camel } from '../../framework/workflow/change.ts'
import { undoChange } from '../../framework/workflow/framework-workflows.ts'
import { loadProject } from '../context.ts'
import { brief, facts, table } from '../print.ts'
import { runChange, withOperator } from '../run.ts'

const STATES = ['invoking', 'compensating', 'done', 'reverted', 'failed'] as const

export function addWorkflowCommands(program: Command): void {
  const workflow = program.command('workflow').description('start, list, show, cancel and undo workflows')
  workflow
    .command('start <name>')
    .description('start a workflow, or join a running one, and print its result')
    .option('-i, --input <json>', 'input of the workflow', parseJson, {})
    .option('-k, --key <key>', 'idempotency key: the same key takes effect once')
    .action(start)
  workflow
    .command('list')
    .description('list executions, newest first')
    .option('-w, --workflow <name>', 'filter by workflow, such as sync-brands-to-cms')
    .addOption(new Option('-s, --state <state>', 'filter by state').choices(STATES))
    .option('-n, --limit <count>', 'maximum number of executions', Number, 20)
    .option('--json', 'print JSON')
    .action(list)
  workflow
    .command('show <id>')
    .description('show an execution with its steps')
    .option('--json', 'print JSON with the input and output of each step')
    .action(show)
  workflow
    .command('cancel <id>')
    .description('cancel an execution and undo its steps')
    .action((id: string) =>
      withOperator(async ({ executions }) => {
        await executions.cancel(id)
        console.log(`Requested the cancellation of ${id}. See \`turri workflow show ${id}\`.`)
      }),
    )
  workflow
    .command('undo <id>')
    .description('undo a finished execution, if no later change depends on its rows')
    .action(undo)
}

async function start(name: string, { input, key }: { input: unknown; key?: string }): Promise<void> {
  const answer = await runChange(await workflowOf(name), input, key)
  if (answer !== undefined) console.log(JSON.stringify(answer, null, 2))
}

async function undo(id: string): Promise<void> {
  const run = await withOperator(({ executions }) => executions.runOf(id))
  const answer = await runChange(undoChange, run)
  if (answer) console.log(`Undid ${id}: ${answer.rows} row(s).`)
}

/** Finds a workflow by its name, in camel case or with dashes. */
async function workflowOf(name: string): Promise<ChangeWorkflow> {
  const catalogue = await loadCatalogue(await loadProject())
  const workflow = catalogue[camel(name)]
  if (workflow) return workflow
  throw new Error(`There is no workflow '${name}'. There are: ${Object.keys(catalogue).sort().join(', ')}`)
}

function list(options: { workflow?: string; state?: (typeof STATES)[number]; limit: number; json?: boolean }) {
  return withOperator(async ({ executions }) => {
    const { rows } = await executions.list({
      limit: options.limit,
      offset: 0,
      ...(options.workflow && { workflow_id: [options.workflow] }),
      ...(options.state && { state: [options.state] }),
    })
    const summaries = rows.map((row) => ({
      id: `${row.workflow_id}/${row.transaction_id}`,
      state: row.state,
      started: row.created_at,
      ended: row.state === 'invoking' ? '' : row.updated_at,
    }))
    table(options.json ? (rows as never) : summaries, { json: options.json, empty: 'No executions.' })
  })
}

function show(id: string, { json }: { json?: boolean }) {
  return withOperator(async ({ executions }) => {
    const execution = await executions.show(id)
    if (json) console.log(JSON.stringify(execution, null, 2))
    else printExecution(execution)
  })
}

/** Prints an execution and a table of its steps. */
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
  const stepRows = steps.map((step) => ({
    step: step.id,
    state: step.state,
    attempts: step.attempts,
    ms: step.started_at && step.finished_at ? Date.parse(step.finished_at) - Date.parse(step.started_at) : '',
    input: brief(step.input),
    'output or error': step.error ? `${step.error.type}: ${step.error.message}` : brief(step.output),
  }))
  table(stepRows, { empty: '  No steps.' })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InvalidArgumentError(`Invalid JSON: ${(error as Error).message}`)
  }
}
