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

/** A report in plain text, for a person to read before it is handed on. */
export function reportText({ what, at, facts, error, lines, folders }: Report): string {
  const told = Object.entries({ 'What happened': what, When: at.toISOString(), ...facts });
  const parts = [
    'Shoal: a report of what went wrong',
    told.map(([name, value]) => `${`${name}:`.padEnd(16)}${value}`).join('\n'),
    ...(error === undefined ? [] : [`Error\n${errorText(error)}`]),
    `The last lines of the log\n${lines.length > 0 ? lines.join('\n') : '(none)'}`,
    'Names of files and folders, and addresses, were left out above. Nothing is sent by itself: hand this file on if you want to.',
  ];
  return withoutPlaces(`${parts.join('\n\n')}\n`.slice(0, mostCharacters), { folders });
}

/** With its causes, but without what else an error carries: that may be a person's own. */
function errorText(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error, { depth: 1, maxStringLength: 1_000 });
  const { stack, message, cause } = error;
  const own = stack ?? message;
  return cause === undefined ? own : `${own}\nCaused by: ${errorText(cause)}`;
}
