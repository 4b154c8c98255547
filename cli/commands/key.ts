/** `turri key`: encryption keys for the data in Temporal. */
import type { Command } from 'commander'
import { newKey } from '../../framework/temporal/keys.ts'

export function addKeyCommands(program: Command): void {
  const key = program.command('key').description('create encryption keys')
  key
    .command('new')
    .description('print a new key for TURRI_ENCRYPTION_KEY (several keys are separated by commas)')
    .action(() => console.log(newKey()))
}
