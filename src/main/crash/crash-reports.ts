import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '../../engine/files/make-folders.ts';
import { isRunning } from '../../engine/files/system/is-running.ts';
import type { CrashOffer } from '../../shared/crash/crash-messages.ts';
import { placeOf } from '../inputs/place-of.ts';
import { type Facts, reportText } from './report-text.ts';

/** As many reports of a kind are kept; older ones go. */
const mostReports = 10;
/** As many lines of the log are kept for a report. */
const mostLines = 200;

/** What has ended: the app with an error or without a word, the window's process, or threads of the pool. */
type End = CrashOffer['end'] | 'workers';

interface CrashReportsOptions {
  readonly folder: string;
  readonly facts: Facts;
  /** The app's own folders. */
  readonly own: readonly string[];
  readonly pid?: number;
  /** Whether a process of that number is there. */
  readonly isAlive?: (pid: number) => boolean;
  readonly now?: () => Date;
}

interface Kept {
  readonly name: string;
  readonly end: End;
}

/**
 * What the app writes down for the case that it ends unexpectedly: a log of this start, which goes when the app quits, and
 * reports. A log that is left behind is what remains of a process that could not say anything any more.
 */
export class CrashReports {
  readonly #options: CrashReportsOptions;
  readonly #log: string;
  #lines: string[] = [];

  /** Never fails: without a folder nothing is written down. */
  constructor(options: CrashReportsOptions) {
    const { folder, facts, pid = process.pid } = options;
    this.#options = options;
    this.#log = join(folder, `running-${pid}.log`);
    quietly(() => makeFolders(folder));
    this.#reportOfThoseGone();
    quietly(() => writeFileSync(this.#log, `${JSON.stringify(facts)}\n`, { mode: 0o600 }));
  }

  /** Notes what the app does, without a person's names. */
  note(line: string): void {
    const noted = `${new Date().toISOString().slice(11, 19)} ${line}`;
    this.#lines = [...this.#lines, noted].slice(-mostLines);
    quietly(() => appendFileSync(this.#log, `${noted}\n`));
  }

  write(end: End, what: string, error?: unknown): void {
    const { facts } = this.#options;
    this.#write(end, { what, facts, error, lines: this.#lines });
  }

  /** The app ends as it should. */
  close(): void {
    quietly(() => rmSync(this.#log, { force: true }));
  }

  /** The newest report of an end that is newer than `seen`. */
  offer(seen: string): (CrashOffer & { name: string; path: string }) | undefined {
    const newest = this.#kept().findLast(({ end, name }) => end !== 'workers' && name > seen);
    if (newest === undefined || newest.end === 'workers') return undefined;
    const { name, end } = newest;
    const path = join(this.#options.folder, name);
    const text = quietly(() => readFileSync(path, 'utf8'));
    return text === undefined
      ? undefined
      : { name, end, path, place: placeOf(path), lines: text.split('\n') };
  }

  #kept(): Kept[] {
    const names = quietly(() => readdirSync(this.#options.folder)) ?? [];
    return names.sort().flatMap((name) => {
      const end = /^\d{4}-.*-(error|gone|window|workers)\.txt$/.exec(name)?.[1];
      return end === undefined ? [] : [{ name, end: end as End }];
    });
  }

  #write(end: End, report: { what: string; facts: Facts; error?: unknown; lines: readonly string[] }): void {
    const { folder, own, now = () => new Date() } = this.#options;
    quietly(() => {
      const at = now();
      const name = `${at.toISOString().replace(/[:.]/g, '-')}-${end}.txt`;
      writeFileSync(join(folder, name), reportText({ ...report, at, folders: own }), { mode: 0o600 });
      const kept = this.#kept().filter((other) => other.end === end);
      for (const old of kept.slice(0, -mostReports)) rmSync(join(folder, old.name), { force: true });
    });
  }

  #reportOfThoseGone(): void {
    const { folder, isAlive = isRunning, pid: own = process.pid } = this.#options;
    for (const name of quietly(() => readdirSync(folder)) ?? []) {
      const pid = Number(/^running-(\d+)\.log$/.exec(name)?.[1]);
      if (Number.isNaN(pid) || (pid !== own && isAlive(pid))) continue;
      quietly(() => {
        const [facts = '', ...lines] = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
        const what = 'the app was gone without a word: killed, or ended by the system or by a fault in it';
        this.#write('gone', { what, facts: JSON.parse(facts) as Facts, lines: lines.slice(-mostLines) });
      });
      quietly(() => rmSync(join(folder, name), { force: true }));
    }
  }
}

/** What is written down for a crash must not be the cause of one. */
function quietly<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
