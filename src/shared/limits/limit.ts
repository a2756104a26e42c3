/** What limits a run, and by how much. The engine tells the figures; `limitSentence` words them for each front end. */
export type Limit =
  /**
   * `share` of all cores was in use by the run; `others`: by other programs. `thread`: one thread was busy all the time
   * although other cores were free: the main one, or one of those that hold sockets.
   */
  | {
      readonly kind: 'processor';
      readonly share: number;
      readonly cores: number;
      readonly others?: number | undefined;
      readonly thread?: 'main' | 'transfers' | undefined;
    }
  /** `share` of the threads' time went into reading and writing files. */
  | { readonly kind: 'disk'; readonly share: number }
  /** `share` of the items found no room in the memory that bodies may take. */
  | { readonly kind: 'memory'; readonly share: number }
  /** A host, or each of several, may be asked `atOnce` at once, and takes `ms` to answer; `suggested` would do so much more. */
  | {
      readonly kind: 'host-limit';
      readonly host?: string | undefined;
      readonly atOnce: number;
      readonly ms?: number | undefined;
      readonly suggested: number;
      readonly gain: number;
    }
  /** A host answers more slowly the more it is asked at once: `ms` now, `fastestMs` when it was asked least. */
  | {
      readonly kind: 'host-answers';
      readonly host: string;
      readonly ms: number;
      readonly fastestMs: number;
    }
  /** A host turns requests away (429, 503), and is asked at the rate that it bears. */
  | {
      readonly kind: 'refusals';
      readonly host: string;
      readonly refusals: number;
      readonly perSecond: number;
    }
  /** The person or the site wants a gap between requests to a host. */
  | { readonly kind: 'gap'; readonly host: string; readonly gapMs: number }
  /** `share` of the time bodies were under way. */
  | {
      readonly kind: 'network';
      readonly host?: string | undefined;
      readonly share: number;
      readonly bytesPerSecond: number;
    }
  /** The run's own limit of bandwidth. */
  | { readonly kind: 'bandwidth'; readonly bytesPerSecond: number; readonly limit: number }
  /**
   * The pool was full of items that wait, each `ms`, or of fewer than there are cores; `suggested` would do so much more.
   * `perHost`: how many requests at once their host has to be allowed then.
   */
  | {
      readonly kind: 'pool';
      readonly poolSize: number;
      readonly ms?: number | undefined;
      readonly suggested: number;
      readonly gain: number;
      readonly perHost?: number | undefined;
    }
  /** For `share` of the time nothing had been read of the list or the folder that could be begun. */
  | { readonly kind: 'reader'; readonly share: number };
