/** How a run stands to a host that it has something for. */
export interface Claim {
  /** How long until nothing of it can be felt there, in milliseconds: Infinity while a request is in flight. */
  readonly restsIn: () => number;
  /** Called when the host may be free for it. */
  readonly onFree: () => void;
}

/**
 * Which of several runs at once may ask a host, so that its limits hold for all of them together: the one that began first of
 * those that have something for it. The others wait until it has no more; they never wait for one that began later but for
 * its requests in flight, so no two wait for each other.
 */
export class SharedHosts {
  /** By host, in the order in which the runs began. */
  readonly #claims = new Map<string, { readonly run: number; readonly claim: Claim }[]>();
  #runs = 0;

  /** A run begins. */
  open(): HostsOfRun {
    this.#runs += 1;
    return new HostsOfRun(this.#claims, this.#runs);
  }
}

export class HostsOfRun {
  readonly #claims: Map<string, { readonly run: number; readonly claim: Claim }[]>;
  readonly #run: number;

  constructor(claims: Map<string, { readonly run: number; readonly claim: Claim }[]>, run: number) {
    this.#claims = claims;
    this.#run = run;
  }

  /** The run has something for the host. */
  claim(host: string, claim: Claim): void {
    const own = { run: this.#run, claim };
    const claims = this.#claims.get(host);
    if (!claims) {
      this.#claims.set(host, [own]);
      return;
    }
    const at = claims.findIndex(({ run }) => run > this.#run);
    claims.splice(at === -1 ? claims.length : at, 0, own);
  }

  /** How long until the run may ask the host, as far as other runs matter, in milliseconds: Infinity until it is told. */
  startsIn(host: string): number {
    const claims = this.#claims.get(host);
    if (!claims || claims.length === 1) return 0;
    if (claims[0]?.run !== this.#run) return Number.POSITIVE_INFINITY;
    let wait = 0;
    for (const { run, claim } of claims) if (run !== this.#run) wait = Math.max(wait, claim.restsIn());
    return wait;
  }

  /** A request of the run has ended: another run may have waited for that. */
  hasEndedOne(host: string): void {
    const first = this.#claims.get(host)?.[0];
    if (first && first.run !== this.#run) first.claim.onFree();
  }

  /** The run has nothing for the host any more. */
  release(host: string): void {
    const claims = this.#claims.get(host);
    const at = claims?.findIndex(({ run }) => run === this.#run) ?? -1;
    if (!claims || at === -1) return;
    claims.splice(at, 1);
    if (claims.length === 0) this.#claims.delete(host);
    else claims[0]?.claim.onFree();
  }
}
