import { lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Ledger, LedgerEntry } from '../ledger/ledger.ts';
import { nameFromUrl, safeName } from '../plan/file-name.ts';
import type { ListedUrl } from '../sources/lists/list-entry.ts';
import type { FetchPayload } from '../tasks/fetch/protocol.ts';
import { basicAuthorization } from '../tasks/fetch/request-headers.ts';
import { partNameOf } from '../tasks/fetch/resumable-part.ts';
import type { NameClaims } from './name-claims.ts';

export interface FetchPlannerOptions {
  /** Absolute. */
  readonly folder: string;
  readonly ledger: Ledger | undefined;
  readonly force: boolean;
  /** Whether files of an earlier run are asked for again with their validators. */
  readonly recheck: boolean;
  /** Whether the files themselves are kept; without them there is nothing to compare with. */
  readonly originals: boolean;
  /** The beginnings of files that earlier runs left in the folder, by name. */
  readonly parts: ReadonlySet<string>;
  readonly names: NameClaims;
  /** Whether a newer version may take the place of this file of an earlier run. */
  readonly mayReplace: (output: string) => boolean;
}

export type PlannedFetch =
  | { readonly kind: 'fetch'; readonly payload: FetchPayload }
  | { readonly kind: 'unchanged'; readonly output: string };

/** Decides for each URL which name its file gets, and whether it is there already. */
export class FetchPlanner {
  readonly #options: FetchPlannerOptions;
  /** Whether anything is known of the folder at all: two look-ups for each URL of a new one would find nothing. */
  readonly #knowsFolder: boolean;

  constructor(options: FetchPlannerOptions) {
    this.#options = options;
    this.#knowsFolder = options.originals && (options.ledger?.hasOutputsIn(options.folder) ?? false);
  }

  plan(entry: ListedUrl): PlannedFetch {
    const { force, recheck, parts, names, mayReplace } = this.#options;
    const { url, credentials, sha256, md5 } = entry;
    const given = entry.name === undefined ? '' : safeName(entry.name);
    const name = names.claim(given || (nameFromUrl(url) ?? 'index'), url);
    const base = {
      url,
      name,
      nameIsFinal: given !== '',
      ...(parts.size > 0 && parts.has(partNameOf(url)) && { resume: true }),
      ...(credentials && { authorization: basicAuthorization(credentials.user, credentials.password) }),
      ...(sha256 !== undefined && { sha256 }),
      ...(md5 !== undefined && { md5 }),
    };
    const made = this.#knowsFolder ? this.#earlier(url, name) : undefined;
    if (!made) return { kind: 'fetch', payload: base };
    const owned = made.output;
    const { etag, lastModified } = made;
    if (!force) {
      if (sha256 !== undefined && made.sha256 === sha256) return { kind: 'unchanged', output: owned };
      // Nothing to ask with: what is there is taken as it is.
      if (!recheck || (!etag && !lastModified)) return { kind: 'unchanged', output: owned };
    }
    if (!mayReplace(owned)) return { kind: 'fetch', payload: base };
    const conditions = force ? {} : { ...(etag && { etag }), ...(lastModified && { lastModified }) };
    return { kind: 'fetch', payload: { ...base, owned, ...conditions } };
  }

  /** Where the file will go, as far as that is known before the answer. */
  outputOf({ owned, name }: FetchPayload): string {
    return owned ?? join(this.#options.folder, name);
  }

  /** The file that an earlier run made of the URL in this folder, if it is still as it was. */
  #earlier(url: string, name: string): LedgerEntry | undefined {
    const { ledger, folder } = this.#options;
    if (!ledger) return undefined;
    const planned = ledger.byOutput(join(folder, name));
    const candidates = planned?.input === url ? [planned] : ledger.byInput(url);
    return candidates.find(({ output, bytes }) => {
      if (dirname(output) !== folder || basename(output) === '') return false;
      return lstatSync(output, { throwIfNoEntry: false })?.size === bytes;
    });
  }
}
