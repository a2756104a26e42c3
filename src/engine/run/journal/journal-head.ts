import type { JournalHead, JournalLine } from './journal-line.ts';
import { isRunId } from './run-id.ts';

/**
 * Whether a line is a whole head. A file that somebody else wrote or changed may have anything there, and the rest of
 * the program counts on a head. By hand: each run reads heads, and loading zod takes longer than a small run.
 */
export function isHead(line: JournalLine | undefined): line is JournalHead {
  if (line?.type !== 'run') return false;
  const { version, id, program, startedAt, owner, folder, front, title, request }: Unchecked<JournalHead> =
    line;
  const { withheld, force, retryOf, details }: Unchecked<JournalHead> = line;
  return (
    typeof version === 'number' &&
    // A file is found by its id.
    isText(id) &&
    isRunId(id) &&
    isText(startedAt) &&
    !Number.isNaN(Date.parse(startedAt)) &&
    [program, folder, front, title].every(isText) &&
    isRecord(owner) &&
    isText(owner.host) &&
    Number.isSafeInteger(owner.pid) &&
    isText(owner.start) &&
    (request === null || isRecord(request)) &&
    (withheld === undefined || areTexts(withheld)) &&
    (force === undefined || typeof force === 'boolean') &&
    (retryOf === undefined || isRetry(retryOf)) &&
    (details === undefined || isRecord(details))
  );
}

type Unchecked<Line> = { readonly [Key in keyof Line]?: unknown };

function isRetry(value: unknown): boolean {
  return isRecord(value) && isText(value.id) && (value.only === undefined || areTexts(value.only));
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
