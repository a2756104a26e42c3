import type { Row } from '../../../../shared/ipc/run.ts';

/** A remark on an item beyond its name, as a sentence, or undefined if there is none. */
export function noteOf(row: Row): string | undefined {
  if (row.error !== undefined) {
    const { message, tries } = row.error;
    return tries === undefined || tries < 2 ? message : `${message} Tried ${tries} times.`;
  }
  if (row.state === 'skipped')
    return row.reason === undefined ? 'Skipped' : (reasons[row.reason] ?? row.reason);
  return row.reason;
}

/** Whether there is a file that was made of an item. */
export function isMade(row: Row | undefined): boolean {
  return row?.state === 'done' || row?.state === 'skipped';
}

const reasons: Readonly<Record<string, string>> = {
  unchanged: 'Already there and unchanged',
  'dry-run': 'Only planned',
};
