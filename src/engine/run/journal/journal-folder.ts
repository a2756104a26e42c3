import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import { stateFolder } from '../../files/state-folder.ts';
import { isRunId } from './run-id.ts';

const ending = '.ndjson';

/** The folder of all journals. */
export function journalFolder(): string {
  return join(stateFolder(), 'runs');
}

export function journalPath(id: string, folder = journalFolder()): string {
  return join(folder, `${id}${ending}`);
}

/** The ids of the runs that have a journal, the newest first. */
export function runIds(folder = journalFolder()): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // No run has kept a journal yet.
    return [];
  }
  const ids = names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
  return ids.filter(isRunId).sort().reverse();
}

/**
 * The id of the run that a person means: the id, a beginning of it that no other has, or `last` for the newest.
 * @throws UsageError when there is no such run, or there are several.
 */
export function runIdOf(text: string, folder = journalFolder()): string {
  const ids = runIds(folder);
  const meant = text === 'last' ? ids.slice(0, 1) : ids.filter((id) => text !== '' && id.startsWith(text));
  const [id, ...others] = meant;
  if (id === undefined) {
    const what = text === 'last' ? 'no run has kept a journal yet' : 'no journal has it';
    throw new UsageError(`Expected the id of a run, got ${JSON.stringify(text)}: ${what}.`);
  }
  if (others.length > 0) {
    const which = meant.length > 5 ? `${meant.length} runs` : meant.toReversed().join(', ');
    throw new UsageError(
      `Expected the id of one run, got ${JSON.stringify(text)}, which begins that of ${which}.`,
    );
  }
  return id;
}
