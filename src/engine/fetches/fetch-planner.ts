import { nameFromUrl, safeName } from '../names/file-name.ts';
import type { UrlNames } from '../names/url-names.ts';
import type { ListedUrl } from './lists/list-entry.ts';
import type { NamesOfShard } from './lists/names-of-shard.ts';
import type { ExistingOutputs } from './outputs/existing-outputs.ts';
import { partKeyOf } from './parts/resumable-part.ts';
import { basicAuthorization } from './protocol/basic-authorization.ts';
import type { HostRules } from './protocol/host-rules.ts';
import type { Netrc } from './protocol/netrc.ts';
import type { FetchPayload } from './protocol/protocol.ts';

export interface FetchPlannerOptions {
  readonly there: ExistingOutputs;
  readonly force: boolean;
  /** Whether to ask the server, with validators, for newer versions of the files of earlier runs. */
  readonly recheck: boolean;
  /** The parts that earlier runs left in the folder, see `partsAmong`. */
  readonly parts: ReadonlyMap<string, readonly string[]>;
  readonly names: UrlNames;
  /** Of a shard: which names matter. */
  readonly ofShard?: NamesOfShard | undefined;
  /** Whether a newer version may replace this file of an earlier run. */
  readonly mayReplace: (output: string) => boolean;
  /** Logins of hosts, for URLs that have none of their own. */
  readonly netrc?: Netrc | undefined;
  readonly hosts: HostRules;
}

export type PlannedFetch =
  | { readonly kind: 'fetch'; readonly payload: FetchPayload }
  | {
      readonly kind: 'unchanged';
      readonly output: string;
      /** Parts of the file that are no longer needed. */
      readonly parts?: readonly string[] | undefined;
      /** The list demands digests: compared first. If they differ, the file is fetched anew, whatever the server says. */
      readonly listed?: {
        readonly isRight: () => boolean | Promise<boolean>;
        readonly otherwise: () => FetchPayload;
      };
    };

/** Decides for each URL the name of its file, and whether that file exists already. */
export class FetchPlanner {
  readonly #options: FetchPlannerOptions;
  constructor(options: FetchPlannerOptions) {
    this.#options = options;
  }

  /** Gives the URL its name, which no later one of the list can have then. */
  claimName(entry: ListedUrl): string {
    return this.#options.names.claim(wantedName(entry), entry.url);
  }

  /** The same for a URL that is not fetched by this run. */
  reserveName(entry: ListedUrl): void {
    if (this.#options.ofShard?.matters(entry) ?? true) this.claimName(entry);
  }

  plan(entry: ListedUrl): PlannedFetch {
    const { there, force, recheck, parts, mayReplace } = this.#options;
    const { url, sha256, md5 } = entry;
    const authorization = this.authorizationOf(entry);
    const name = this.claimName(entry);
    const left = parts.size > 0 ? parts.get(partKeyOf(url)) : undefined;
    const base = {
      url,
      name,
      nameIsFinal: givenName(entry) !== '',
      ...(left && { parts: left }),
      ...(there.mayReplace(url, name) && { mayReplace: true }),
      ...(entry.found?.guarded && { guarded: true as const }),
      ...(entry.found?.foreign && { foreign: true as const }),
      ...(authorization !== undefined && { authorization }),
      ...(sha256 !== undefined && { sha256 }),
      ...(md5 !== undefined && { md5 }),
    };
    const made = there.made(url, name);
    if (!made) return { kind: 'fetch', payload: base };
    const { output, bytes, etag, lastModified, madeAt } = made;
    const replacing = (conditions: Pick<FetchPayload, 'etag' | 'lastModified'>): FetchPayload => {
      const owned = { output, bytes, sha256: made.sha256, madeAt };
      return mayReplace(output) ? { ...base, owned, ...conditions } : base;
    };
    if (force) return { kind: 'fetch', payload: replacing({}) };
    const unchanged = { kind: 'unchanged', output, parts: left } as const;
    if (sha256 !== undefined || md5 !== undefined) {
      const isRight = () => there.isAsListed(made, entry);
      return { ...unchanged, listed: { isRight, otherwise: () => replacing({}) } };
    }
    // Without a validator the server cannot be asked, so the existing file is kept.
    if (!recheck || (!etag && !lastModified)) return unchanged;
    const conditions = { ...(etag && { etag }), ...(lastModified && { lastModified }) };
    return { kind: 'fetch', payload: replacing(conditions) };
  }

  /** The `Authorization` for a URL: by itself, by its host's rule, or by netrc. */
  authorizationOf({ url, host, credentials, found }: ListedUrl): string | undefined {
    // Nobody meant a login for what only a page names.
    if (found?.foreign) return undefined;
    const { netrc, hosts } = this.#options;
    const { user, password = '' } = hosts.for(host);
    const ofHost = user === undefined ? netrc?.loginOf(new URL(url).hostname) : { user, password };
    const login = credentials ?? ofHost;
    return login && basicAuthorization(login.user, login.password);
  }

  /** Where the file will go, as far as this is known before the answer. */
  outputOf({ owned, name }: FetchPayload): string {
    return owned?.output ?? this.#options.there.outputOf(name);
  }
}

/** The name that a URL's file has if no earlier one has it. */
export function wantedName(entry: ListedUrl): string {
  return givenName(entry) || (nameFromUrl(entry.url) ?? 'index');
}

function givenName({ name }: ListedUrl): string {
  return name === undefined ? '' : safeName(name);
}
