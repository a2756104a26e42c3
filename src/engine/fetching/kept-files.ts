import { createReadStream, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fingerprint } from '../ledger/fingerprint.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Saved } from '../tasks/fetch/protocol.ts';
import { partPathFor } from '../tasks/part-file.ts';

/** Files of this run that duplicates are looked for among, beside those in the ledger. */
const mostRecent = 50_000;

export interface Kept {
  readonly output: string;
  /** The file of the same bytes that was there already. */
  readonly duplicateOf?: string;
}

/** Remembers the files that were fetched, and stores the same bytes once where that is asked for. */
export class KeptFiles {
  readonly #dedupe: 'off' | 'link' | 'skip';
  readonly #ledger: Ledger | undefined;
  readonly #recent = new Map<string, string>();
  /** The recipe as the ledger keeps it: a file is the same whatever the patience it was fetched with. */
  #recipe: string | undefined;

  constructor(dedupe: 'off' | 'link' | 'skip', ledger: Ledger | undefined) {
    this.#dedupe = dedupe;
    this.#ledger = ledger;
  }

  async keep(saved: Saved, url: string): Promise<Kept> {
    const { output, sha256 } = saved;
    if (this.#dedupe === 'off') {
      this.#record(saved, url, output);
      return { output };
    }
    const original = await this.#find(saved);
    if (original === undefined) {
      this.#record(saved, url, output);
      this.#remember(sha256, output);
      return { output };
    }
    if (this.#dedupe === 'skip') {
      rmSync(output);
      this.#record(saved, url, original);
      return { output: original, duplicateOf: original };
    }
    replaceByLink(output, original);
    this.#record(saved, url, output);
    return { output, duplicateOf: original };
  }

  /** Another file with these bytes. The ledger's word is checked: the file may have been changed since. */
  async #find({ sha256, bytes, output }: Saved): Promise<string | undefined> {
    const recent = this.#recent.get(sha256);
    if (recent !== undefined && recent !== output && sizeOf(recent) === bytes) return recent;
    const folder = dirname(output);
    for (const entry of this.#ledger?.bySha256(sha256) ?? []) {
      const { output: other } = entry;
      if (other === output || dirname(other) !== folder || sizeOf(other) !== bytes) continue;
      if ((await hashOf(other)) === sha256) return other;
    }
    return undefined;
  }

  #remember(sha256: string, output: string): void {
    this.#recent.set(sha256, output);
    if (this.#recent.size <= mostRecent) return;
    const [oldest] = this.#recent.keys();
    if (oldest !== undefined) this.#recent.delete(oldest);
  }

  #record({ bytes, sha256, etag, lastModified }: Saved, url: string, output: string): void {
    const inputStamp = etag ?? lastModified ?? '';
    this.#recipe ??= fingerprint({ task: 'fetch' });
    this.#ledger?.record({
      output,
      input: url,
      inputStamp,
      recipe: this.#recipe,
      bytes,
      sha256,
      etag,
      lastModified,
    });
  }
}

/** Never without the file: the link is made beside it and renamed over it. */
function replaceByLink(output: string, original: string): void {
  const part = partPathFor(output);
  try {
    linkSync(original, part);
    renameSync(part, output);
  } catch {
    // A file system without links, or a link limit: two copies are better than none.
    rmSync(part, { force: true });
  }
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

async function hashOf(path: string): Promise<string> {
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
