import { type Dir, opendirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { identityAt, statAt } from '../file-identity.ts';

/** So many entries of a folder are looked at for one whose name has letters. */
const mostEntries = 20;

/**
 * Whether names in a folder differ that differ by case alone. Found out without writing anything: whether what is there can
 * be reached by its name in the other case.
 * @param folder absolute; it need not exist yet.
 * @returns true where nothing there tells it.
 */
export function tellsCase(
  folder: string,
  identity: (path: string) => string | undefined = identityAt,
): boolean {
  for (const path of pathsOnVolumeOf(folder)) {
    const other = join(dirname(path), inOtherCase(basename(path)));
    if (other !== path) return identity(other) !== identity(path);
  }
  return true;
}

/** What exists on the volume: the folder itself or the nearest one above, and what is above or in it. */
function* pathsOnVolumeOf(folder: string): Generator<string, void> {
  let at = folder;
  while (statAt(at) === undefined) {
    if (dirname(at) === at) return;
    at = dirname(at);
  }
  const nearest = at;
  const device = statAt(nearest)?.dev;
  // The name of a folder that a volume is mounted on is one of the volume around it.
  for (; dirname(at) !== at && statAt(dirname(at))?.dev === device; at = dirname(at)) yield at;
  yield* entriesOf(nearest);
}

function* entriesOf(folder: string): Generator<string, void> {
  let entries: Dir | undefined;
  try {
    entries = opendirSync(folder);
    for (let count = 0; count < mostEntries; count += 1) {
      const entry = entries.readSync();
      if (!entry) return;
      yield join(folder, entry.name);
    }
  } catch {
    // It cannot be listed, which a folder that is written to need not allow.
  } finally {
    entries?.closeSync();
  }
}

function inOtherCase(name: string): string {
  const upper = name.toUpperCase();
  return upper === name ? name.toLowerCase() : upper;
}
