import { relative } from 'node:path';
import type { Seen } from './folder.ts';
import { faultOfLedger } from './ledger.ts';
import type { Ended } from './shoal.ts';

export type Verdict = 'passed' | 'failed' | 'skipped';

/** What a scenario has found: the figures of its row, and each complaint once with how often it was made. */
export class Findings {
  rounds = 0;
  /** As many as there would have been with more time. */
  roundsWanted = 0;
  filesSeen = 0;
  wrong = 0;
  duplicates = 0;
  missing = 0;
  partsLeft = 0;
  soundLedgers = 0;
  unsoundLedgers = 0;
  readonly codes = new Map<number, number>();
  readonly complaints = new Map<string, number>();
  /** What belongs to the row but is no fault, such as how many kills came too late. */
  readonly remarks: string[] = [];
  #skipped: string | undefined;
  #attack: string | undefined;

  get verdict(): Verdict {
    if (this.#skipped !== undefined) return 'skipped';
    return this.complaints.size > 0 ? 'failed' : 'passed';
  }

  /** It could not be tried here. */
  skip(why: string): void {
    this.#skipped = why;
    this.remarks.push(why);
  }

  /** Which of a scenario's attacks is on: complaints name it. */
  during(attack: string): void {
    this.#attack = attack;
  }

  complain(what: string): void {
    const complaint = this.#attack === undefined ? what : `${this.#attack}: ${what}`;
    this.complaints.set(complaint, (this.complaints.get(complaint) ?? 0) + 1);
  }

  /** A run has ended. @param codes those that are right; absent where it was killed. */
  ended({ code, stderr, overdue, results }: Ended, codes?: readonly number[]): void {
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    if (overdue) this.complain('a run did not end by itself');
    if (stderr.includes('Unexpectedly')) this.complain(`told: ${lastLine(stderr)}`);
    if (codes === undefined || codes.includes(code)) return;
    const failed = results.find(({ status }) => status === 'failed')?.error;
    const why = failed ? `${failed.code}, such as: ${anonymous(failed.message)}` : lastLine(stderr);
    this.complain(`exit code ${code} instead of ${codes.join(' or ')}${why ? ` (${why})` : ''}`);
  }

  /** Looked at while a run was killed or still on: what is there must be right; what is not there may still come. */
  between({ hashes, wrong }: Seen): void {
    this.filesSeen += hashes.size;
    this.#count('wrong', wrong, 'half or wrong under a final name');
  }

  /** Looked at when all is done: exactly the right files, and nothing beside them. */
  finally({ hashes, wrong, duplicates, missing, parts }: Seen): void {
    this.filesSeen += hashes.size;
    this.#count('wrong', wrong, 'half or wrong under a final name');
    this.#count('duplicates', duplicates, 'there once more under another name');
    this.#count('missing', missing, 'missing');
    this.#count('partsLeft', parts, 'hidden files left');
  }

  /** Held against what was told: a file that was told as done is there, with the bytes told. */
  told({ results }: Ended, folder: string, { hashes }: Seen): void {
    let untrue = 0;
    for (const { status, output, sha256, thumbnail } of results) {
      if (status !== 'done') continue;
      const hash = output === undefined ? sha256 : hashes.get(relative(folder, output));
      const isThere = hash !== undefined && (sha256 === undefined || hash === sha256);
      const made = thumbnail?.output;
      const isMade = made === undefined || hashes.has(relative(folder, made));
      if (!isThere || !isMade) untrue += 1;
    }
    if (untrue === 0) return;
    this.wrong += untrue;
    this.complain('told as done what is not there, or other bytes');
  }

  ledger(state: string): void {
    const fault = faultOfLedger(state);
    if (fault === undefined) this.soundLedgers += 1;
    else {
      this.unsoundLedgers += 1;
      this.complain(`the ledger: ${fault}`);
    }
  }

  #count(
    column: 'wrong' | 'duplicates' | 'missing' | 'partsLeft',
    names: readonly string[],
    what: string,
  ): void {
    if (names.length === 0) return;
    this[column] += names.length;
    this.complain(what);
  }
}

function lastLine(text: string): string {
  return anonymous(text.trim().split('\n').at(-1) ?? '');
}

/** Without what differs between rounds, so that complaints of one kind are counted as one. */
function anonymous(text: string): string {
  return text
    .replace(/\S*\/(?=[^/\s]*)/g, '…/')
    .replace(/\d{3,}/g, 'N')
    .slice(0, 160);
}
