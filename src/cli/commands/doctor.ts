import { Command } from 'commander';
import { option } from '../flags/options.ts';
import type { LazyEngine } from '../process/lazy-engine.ts';

/** `shoal doctor`: what a report of a fault should say of the machine. */
export function doctorCommand(finish: (code: number) => void, engine: LazyEngine): Command {
  return new Command('doctor')
    .description(
      'tell what this machine gives and whether Shoal works on it, for reports of faults; without secrets',
    )
    .addOption(option.json())
    .action(async (flags: { readonly json?: boolean }) => {
      const { runDoctor } = await import('./actions/doctor.ts');
      finish(await runDoctor(flags, await engine.get()));
    });
}
