import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** What a suite has to tell: how many tests passed, which failed, and which were skipped and why. */
export interface Tally {
  passed: number;
  failed: string[];
  skipped: Skipped[];
}

export interface Skipped {
  readonly name: string;
  readonly why: string;
}

export function emptyTally(): Tally {
  return { passed: 0, failed: [], skipped: [] };
}

/** Where the reporters of both suites leave their tally for `tools/test.ts`, which prints all of them as one. */
const variable = 'SHOAL_TALLY_FILE';

export function tallyInto(file: string): Readonly<Record<string, string>> {
  return { [variable]: file };
}

/** Leaves a tally for `tools/test.ts`, or prints it where a suite was started by itself. */
export function tell(tally: Tally): void {
  const file = process.env[variable];
  if (file) writeFileSync(file, JSON.stringify(tally));
  else for (const line of linesOf(tally)) console.log(line);
}

/** Undefined where the suite died before it could tell anything. */
export function takeTally(file: string): Tally | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Tally;
  } catch {
    return undefined;
  } finally {
    rmSync(file, { force: true });
  }
}

/** Names what was skipped and what failed. The last line is plain enough for a script to read. */
export function linesOf({ passed, failed, skipped }: Tally): string[] {
  return [
    ...skipped.map(({ name, why }) => `SKIPPED: ${name}: ${why}`),
    ...failed.map((name) => `FAILED: ${name}`),
    `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`,
  ];
}

/** `[needs nginx]` at the end of a name (test/needs.ts) says why a test was skipped. */
export function skippedTest(name: string, note?: string): Skipped {
  const need = /^(.*?) ?\[(needs [^\]]+)\](.*)$/.exec(name);
  if (note) return { name, why: note };
  return need ? { name: `${need[1]}${need[3]}`, why: need[2] ?? '' } : { name, why: 'no reason given' };
}
