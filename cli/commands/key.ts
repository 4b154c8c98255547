/** `turri key`: the keys that what Temporal stores is encrypted with. */
import type { Command } from 'commander'
import { newKey } from '../../framework/temporal/keys.ts'

export function addKeyCommands(program: Command): void {
  const key = program.command('key').description('keys for TURRI_ENCRYPTION_KEY')
  key
    .command('new')
    .description('print a fresh key; put it in TURRI_ENCRYPTION_KEY, where keys are separated by commas')
    .action(() => console.log(newKey()))
}
