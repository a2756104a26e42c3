import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ListEntry } from '../src/engine/fetches/lists/list-entry.ts';
import { urlList } from '../src/engine/fetches/lists/url-list.ts';
import type { UrlInput } from '../src/shared/requests.ts';
import { tempFolder } from './temp-folder.ts';

/** What inputs hold. */
export async function readInputs(
  inputs: UrlInput[],
  stdin = Readable.from([]),
): Promise<{ entries: ListEntry[]; duplicates: number }> {
  const entries: ListEntry[] = [];
  let duplicates = 0;
  const options = {
    stdin,
    onDuplicates: (count: number) => {
      duplicates = count;
    },
  };
  for await (const batch of urlList(inputs, options)) entries.push(...batch);
  return { entries, duplicates };
}

/** What a list in a file of this name holds. */
export async function readListFile(name: string, content: string | Buffer): Promise<ListEntry[]> {
  const path = join(tempFolder(), name);
  writeFileSync(path, content);
  return (await readInputs([{ kind: 'argument', value: path }])).entries;
}

/** The URLs of entries, and the codes of those that are none. */
export function urlsOf(entries: readonly ListEntry[]): string[] {
  return entries.map((entry) => (entry.kind === 'url' ? entry.url : entry.error.code));
}
