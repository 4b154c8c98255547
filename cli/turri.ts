#!/usr/bin/env node
/** `turri`: the command line of a project. */
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { register } from 'tsx/esm/api'
import { addAuditCommands } from './commands/audit.ts'
import { addDbCommands } from './commands/db.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addDevCommand } from './commands/dev.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addKeyCommands } from './commands/key.ts'
import { addScheduleCommands } from './commands/schedule.ts'
import { addSeedCommand } from './commands/seed.ts'
import { addStartCommands } from './commands/start.ts'
import { addUserCommands } from './commands/user.ts'
import { addWorkflowCommands } from './commands/workflow.ts'
import { pc } from './print.ts'

register() // so that the project can be written in TypeScript

const program = new Command('turri')
  .description('Turritopsis: a commerce backend in which every change is a Temporal workflow')
  .version(versionOf('../package.json') ?? versionOf('../../package.json') ?? 'unknown')
  .showHelpAfterError()

addDevCommand(program)
addDemoCommand(program)
addStartCommands(program)
addDbCommands(program)
addUserCommands(program)
addSeedCommand(program)
addWorkflowCommands(program)
addScheduleCommands(program)
addAuditCommands(program)
addKeyCommands(program)
addDoctorCommand(program)

program.parseAsync().catch((error: Error) => {
  console.error(`${pc.red('turri:')} ${error.message}`)
  if (process.env.LOG_LEVEL === 'debug') console.error(error.stack)
  process.exit(1)
})

function versionOf(path: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { version: string }).version
  } catch {
    return undefined
  }
}
