/** How far one host's part of a run is. */
export interface HostStanding {
  readonly host: string;
  /** Items that are not done, of those that have been read: of a list that is read on, at least so many. */
  readonly left: number;
  readonly failed: number;
  /** Items ended a second of late; absent before the first. */
  readonly perSecond?: number | undefined;
  /** The time to the first byte, in milliseconds, of half of its answers and of all but a twentieth. */
  readonly p50?: number | undefined;
  readonly p95?: number | undefined;
  /** How many requests at once it may get. */
  readonly atOnce: number;
  /** Nothing is asked of it, by a person's wish. */
  readonly isHeld: boolean;
}

/** How far a run of fetches is, by host. */
export interface HostsStanding {
  /** Those that are held, and those with most left. */
  readonly hosts: readonly HostStanding[];
  /** The others with something left, and how much that is. */
  readonly more: { readonly hosts: number; readonly left: number };
  /** What is left at hosts of which nothing is asked. */
  readonly heldLeft: number;
  /** So many requests at once all hosts with something left may get together. */
  readonly mostAtOnce: number;
  /** What is left of the host that will take longest by itself, however large the pool is. */
  readonly slowest?: { readonly host: string; readonly seconds: number } | undefined;
}
