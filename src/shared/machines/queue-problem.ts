import { UsageError } from '../failure.ts';
import { plain } from '../say/say.ts';

/** Why something cannot be done with a queue: sentences with their facts, which each front end says in its language. */
export const queueProblems = {
  BAD_ADDRESS: 'Expected a queue such as redis://host:6379, got {{queue}}.',
  UNREACHED: 'The queue at {{queue}} cannot be used: {{reason}}.',
  UNKNOWN_RUN: 'The queue knows no run {{run}}.',
  BEING_SPLIT: '{{run}} is being split into buckets. Nothing of it was handed out.',
  NEVER_STARTED:
    '{{run}} was never started: its submitter ended while it split the items. Nothing of it was handed out.',
  CANCELLED_EARLY: '{{run}} was cancelled while it was split into buckets. Nothing of it was handed out.',
  GONE: '{{run}} cannot be followed: there is nothing of it in {{place}} any more.',
  SEVERAL_RUNS: '{{beginning}} is the beginning of several runs, such as {{run}}.',
  REFUSED: 'The queue refused it: {{reason}}.',
  FULL: 'The queue refused it: its memory is full (maxmemory).',
  HAS_ENDED: '{{run}} has ended: nothing of it is left to cancel.',
  HAS_NOT_ENDED: '{{run}} has not ended: what failed is done again when it has.',
  HAS_SECRETS:
    'What gives access ({{settings}}) is not written where all machines read it: give it to each worker.',
} as const;

export type QueueProblemCode = keyof typeof queueProblems;

/** What a queue refuses. */
export class QueueProblem extends UsageError {
  readonly code: QueueProblemCode;
  readonly facts: Readonly<Record<string, string>>;

  constructor(
    code: QueueProblemCode,
    facts: Readonly<Record<string, string>>,
    options?: { cause?: unknown },
  ) {
    super(plain(queueProblems[code], facts), options);
    this.code = code;
    this.facts = facts;
  }
}
