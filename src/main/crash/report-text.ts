import { inspect } from 'node:util';
import { withoutPlaces } from './without-places.ts';

/** What a report says of the app and the machine: one line each. */
export type Facts = Readonly<Record<string, string>>;

export interface Report {
  readonly what: string;
  readonly at: Date;
  readonly facts: Facts;
  readonly error?: unknown;
  /** The last lines of the log. */
  readonly lines: readonly string[];
  /** The app's own folders, the only ones that are told. */
  readonly folders: readonly string[];
}

/** Longer ones nobody reads. */
const mostCharacters = 64_000;
const mostOfLine = 4_000;

/** A report in plain text, for a person to read before it is handed on. */
export function reportText({ what, at, facts, error, lines, folders }: Report): string {
  const told = Object.entries({ 'What happened': what, When: at.toISOString(), ...facts });
  const parts = [
    'Shoal: a report of what went wrong',
    told.map(([name, value]) => `${`${name}:`.padEnd(16)}${value}`).join('\n'),
    ...(error === undefined ? [] : [`Error\n${errorText(error)}`]),
    `The last lines of the log\n${lines.length > 0 ? lines.join('\n') : '(none)'}`,
    'Paths, quoted names and addresses were left out above, as far as a program can tell them. Read it before you hand it on: nothing is sent by itself.',
  ];
  // First without places, then cut: what is cut off could be what tells that something is a place.
  const whole = withoutPlaces(`${parts.join('\n\n')}\n`, { folders });
  const short = whole.split('\n').map((line) => line.slice(0, mostOfLine));
  return short.join('\n').slice(0, mostCharacters);
}

/** With its causes, but without what else an error carries: that may be a person's own. */
function errorText(error: unknown): string {
  if (typeof error === 'string') return error;
  if (!(error instanceof Error)) return inspect(error, { depth: 1, maxStringLength: 1_000 });
  const { stack, message, cause } = error;
  const own = stack ?? message;
  return cause === undefined ? own : `${own}\nCaused by: ${errorText(cause)}`;
}
