import { lineOfResult } from '../../../shared/line-of-result.ts';
import { bytesWritten, type ItemResult } from '../../../shared/result.ts';
import { JournalFile } from './journal-file.ts';
import type { JournalHead, JournalLine } from './journal-line.ts';

/** Lines are written at the latest after this time, in milliseconds … */
const mostWaitMs = 250;
/** … or when there are this many characters of them. */
const mostWaiting = 64 * 1024;

type Ending = Extract<JournalLine, { readonly type: 'summary' | 'problem' }>;

export interface JournalWriterOptions {
  readonly folder: string;
  readonly head: Omit<JournalHead, 'id'>;
  /** Called once, when the journal cannot be written any more. */
  readonly onFault: (error: unknown) => void;
  /** Called after the first write. */
  readonly onBegun?: () => void;
}

/**
 * Writes a run's journal, many lines at a time: a system call for each item would cost more than the line is worth.
 * Writing is synchronous, as a write of this size into the system's cache takes microseconds, and no line is then lost
 * by how a process ends, but by a kill. The file is made with the first line that tells of something done: a run that
 * could not start leaves none.
 */
export class JournalWriter {
  readonly #options: JournalWriterOptions;
  readonly #started = performance.now();
  readonly #counts = { done: 0, skipped: 0, failed: 0, cancelled: 0, bytesIn: 0, bytesOut: 0 };
  #total: number | undefined;
  #file: JournalFile | undefined;
  #isOver = false;
  #waiting: string[] = [];
  #characters = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: JournalWriterOptions) {
    this.#options = options;
    this.#timer = setTimeout(() => this.#write(), mostWaitMs).unref();
  }

  /** Milliseconds since the start. */
  get atMs(): number {
    return Math.round(performance.now() - this.#started);
  }

  /** The number of items that have a result. */
  get ended(): number {
    const { done, skipped, failed, cancelled } = this.#counts;
    return done + skipped + failed + cancelled;
  }

  setTotal(total: number): void {
    this.#total = total;
  }

  result(result: ItemResult): void {
    const counts = this.#counts;
    counts[result.status] += 1;
    counts.bytesIn += result.bytesIn ?? 0;
    counts.bytesOut += bytesWritten(result);
    this.#add(lineOfResult(result));
    // From the first result on the run can be told of, even if its process is killed at once.
    if (this.#file === undefined) this.#write();
  }

  line(line: Exclude<JournalLine, JournalHead | Ending>): void {
    this.#add(JSON.stringify(line));
  }

  /** Writes what is left, and how the run ended. */
  close(ending: Ending): void {
    this.#write(ending);
    this.#end();
  }

  /** Takes everything back: nothing was done. */
  discard(): void {
    clearTimeout(this.#timer);
    this.#isOver = true;
    try {
      this.#file?.remove();
    } catch {
      // It stays, and tells of a run that did nothing.
    }
    this.#file = undefined;
  }

  #add(line: string): void {
    if (this.#isOver) return;
    this.#waiting.push(line);
    this.#characters += line.length;
    if (this.#characters >= mostWaiting) this.#write();
    else this.#timer ??= setTimeout(() => this.#write(), mostWaitMs).unref();
  }

  #write(ending?: Ending): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isOver || (this.#file !== undefined && this.#waiting.length === 0 && !ending)) return;
    const isFirst = this.#file === undefined;
    try {
      this.#file ??= this.#begin();
      const progress = { type: 'progress', atMs: this.atMs, total: this.#total, ...this.#counts };
      // How the run ended comes after it, where a reader of the last lines looks.
      const lines = [...this.#waiting, JSON.stringify(progress), ...(ending ? [JSON.stringify(ending)] : [])];
      this.#waiting = [];
      this.#characters = 0;
      this.#file.append(`${lines.join('\n')}\n`);
    } catch (error) {
      this.#end();
      this.#options.onFault(error);
      return;
    }
    if (isFirst) this.#options.onBegun?.();
  }

  #begin(): JournalFile {
    const { folder, head } = this.#options;
    const file = JournalFile.create(folder);
    const { type, version, ...further } = head;
    try {
      file.append(`${JSON.stringify({ type, version, id: file.id, ...further })}\n`);
      return file;
    } catch (error) {
      file.remove();
      throw error;
    }
  }

  #end(): void {
    this.#isOver = true;
    this.#waiting = [];
    clearTimeout(this.#timer);
    try {
      this.#file?.close();
    } catch {
      // Some file systems tell only now that they could not write: there is nothing left to do.
    }
    this.#file = undefined;
  }
}
