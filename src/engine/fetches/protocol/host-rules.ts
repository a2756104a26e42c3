/** What a person wants for a host. Plain data, which goes to workers as it is. */
export interface HostRule {
  /** Requests at once. */
  readonly perHost?: number | undefined;
  /** The least time between two requests, in seconds. */
  readonly minGap?: number | undefined;
  /** Sent to this host only. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** The URL of a proxy; empty: none. */
  readonly proxy?: string | undefined;
}

/** By host: `example.com`, `example.com:8080`, `*.example.com` (and what is below that), `*`. */
export type HostRulesTable = Readonly<Record<string, HostRule>>;

/** The most hosts whose rule is remembered. */
const mostRemembered = 10_000;

/** Tells the rule for a host: of each of its fields the one that is told most closely counts. */
export class HostRules {
  readonly #table: HostRulesTable;
  readonly #isEmpty: boolean;
  readonly #found = new Map<string, HostRule>();

  constructor(table: HostRulesTable = {}) {
    this.#table = Object.fromEntries(Object.entries(table).map(([host, rule]) => [host.toLowerCase(), rule]));
    this.#isEmpty = Object.keys(table).length === 0;
  }

  /** @param host with its port, if that is not the usual one, as `URL.host` has it. */
  for(host: string): HostRule {
    if (this.#isEmpty) return nothing;
    let rule = this.#found.get(host);
    if (!rule) {
      rule = this.#find(host);
      if (this.#found.size >= mostRemembered) this.#found.clear();
      this.#found.set(host, rule);
    }
    return rule;
  }

  #find(host: string): HostRule {
    const name = host.replace(/:\d+$/, '');
    const labels = name.split('.');
    // An address is not below another one.
    const isName = !/^[\d.]+$|^\[/.test(name);
    const above = isName ? labels.map((_, at) => `*.${labels.slice(at).join('.')}`) : [];
    const keys = [...new Set([host, name, ...above, '*'])];
    // From the least to the most close, so that this one's fields come last.
    return Object.assign({}, ...keys.reverse().map((key) => this.#table[key]));
  }
}

const nothing: HostRule = {};
