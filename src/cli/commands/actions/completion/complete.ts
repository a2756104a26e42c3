import type { Command } from 'commander';
import { runIds, runOverview } from '../../../../engine/run/front-ends/index.ts';
import { builtInPresets } from '../../../../shared/presets/built-in-presets.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { out } from '../../../output/streams.ts';
import { exitCode } from '../../../process/exit-codes.ts';
import { bashScript } from './bash-script.ts';
import { completionsOf } from './completions.ts';
import { fishScript } from './fish-script.ts';
import { zshScript } from './zsh-script.ts';

/** So many runs are offered, the newest. */
const mostRuns = 50;

/** `shoal completion`. @returns the exit code. */
export async function complete(what: string, program: Command): Promise<number> {
  switch (what) {
    case 'bash':
      out.text(bashScript(completionsOf(program)));
      break;
    case 'zsh':
      out.text(zshScript(completionsOf(program)));
      break;
    case 'fish':
      out.text(fishScript(completionsOf(program)));
      break;
    case 'presets':
      for (const line of await presetLines()) out.value(line);
      break;
    default:
      // As it is: another program reads it.
      for (const line of runLines()) out.value(line);
  }
  return exitCode.fine;
}

/** The name and the task of each. Loaded for this alone: it comes with the schemas of settings. */
async function presetLines(): Promise<string[]> {
  const { listPresets } = await import('../../../../engine/run/front-ends/presets.ts');
  const own = listPresets().presets.map(({ name, preset }) => ({ name, task: preset.task }));
  return [...builtInPresets, ...own].map(({ name, task }) => `${name}\t${task}`);
}

/** The id and the title of each, with a tabulator between, as fish takes them. */
function runLines(): string[] {
  const runs = runIds().slice(0, mostRuns);
  return runs.flatMap((id) => {
    const title = runOverview(id)?.head.title;
    return title === undefined ? [] : [`${id}\t${visibleText(title)}`];
  });
}
