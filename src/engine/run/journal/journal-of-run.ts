import type { ItemResult, RemovedOutput, Summary } from '../../../shared/result.ts';
import { version as program } from '../../../shared/version.ts';
import { withoutSecretsIn } from '../../../shared/without-secrets.ts';
import { self } from '../../files/parts/owner.ts';
import { failureOfSystemError } from '../../files/system-error.ts';
import { workingFolder } from '../../files/working-folder.ts';
import type { LivePoolSize } from '../../pool/live-pool-size.ts';
import type { JournalOptions, RunContext, RunOptions } from '../run-options.ts';
import { journalFolder } from './journal-folder.ts';
import { journalVersion } from './journal-line.ts';
import { JournalWriter } from './journal-writer.ts';
import { keptRequest } from './kept-request.ts';
import { pruneJournals } from './prune-journals.ts';

/** A request that is larger than this as JSON, in characters, is not kept. */
const largestRequest = 16 * 1024 * 1024;

/** What is told of a run to its journal. */
export interface JournalledRun {
  readonly request: object;
  readonly journal: JournalOptions;
  readonly force?: boolean;
  readonly only?: RunOptions['only'];
  readonly poolSize?: number | LivePoolSize | undefined;
  readonly limits?: RunOptions['limits'];
  readonly signal?: AbortSignal | undefined;
  readonly onWarning?: RunOptions['onWarning'];
}

/** Keeps the journal of one run. Whatever goes wrong with it, the run goes on. */
export class Journal {
  readonly #run: JournalledRun;
  readonly #writer: JournalWriter | undefined;
  #forgetPool: (() => void) | undefined;
  readonly #forgetLimits: (() => void) | undefined;

  constructor(run: JournalledRun) {
    this.#run = run;
    this.#writer = this.#open();
    this.#followPool();
    this.#forgetLimits = run.limits?.onChange((change) =>
      this.#writer?.line({ type: 'limit', atMs: this.#writer.atMs, change }),
    );
  }

  result(result: ItemResult): void {
    // The window asks for the stages of each item to show them as they come. Kept, they would be a third of the file.
    const { stages: _stages, ...kept } = result;
    this.#writer?.result(this.#run.journal.front === 'window' ? kept : result);
  }

  warning(message: string): void {
    this.#writer?.line({ type: 'warning', message });
  }

  /** The run's options, so that what they are told is written down first. */
  listening<Options extends RunContext>(options: Options): Options {
    const { onResult, onWarning, onTotal, onListed, onRemoved } = options;
    return {
      ...options,
      onResult: (result: ItemResult) => {
        this.result(result);
        onResult?.(result);
      },
      onWarning: (message: string) => {
        this.warning(message);
        onWarning?.(message);
      },
      onListed: (folders: readonly string[]) => {
        this.#writer?.line({ type: 'listed', folders });
        onListed?.(folders);
      },
      onRemoved: (removed: RemovedOutput) => {
        this.#writer?.line({ type: 'removed', ...removed });
        onRemoved?.(removed);
      },
      // Items are counted beforehand only for somebody who wants to know: a walk of its own costs time.
      ...(onTotal && {
        onTotal: (total: number, final: boolean) => {
          if (final) this.#writer?.setTotal(total);
          onTotal(total, final);
        },
      }),
    };
  }

  end(summary: Summary): void {
    const { signal } = this.#run;
    this.#forgetPool?.();
    this.#forgetLimits?.();
    this.#writer?.close({
      type: 'summary',
      ...summary,
      ...(signal?.aborted ? { interrupted: textOf(signal.reason) } : ofHalt(summary)),
    });
  }

  /** An error ended the run. One that ended before any result could not start, and is not told of. */
  fail(error: unknown): void {
    this.#forgetPool?.();
    this.#forgetLimits?.();
    if (this.#writer?.ended === 0) {
      this.#writer.discard();
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    this.#writer?.close({ type: 'problem', message });
  }

  #open(): JournalWriter | undefined {
    const { journal, force = false, only } = this.#run;
    const { front, title, details, retryOf } = journal;
    const workingIn = workingFolder();
    // The run itself will say that it cannot start.
    if (workingIn === undefined) return undefined;
    const { request, withheld } = keptRequest(journal.request ?? this.#run.request);
    if (withheld.includes('data')) {
      this.#run.onWarning?.(
        'The options of the function are too long for the journal: a retry of this run is to be given them again.',
      );
    }
    // A large one takes a while; the start told below is to be that of the writer's clock.
    const isTooLarge = JSON.stringify(request).length > largestRequest;
    const folder = placeOfJournals();
    // Where nothing can be kept at all the ledger says so.
    if (folder === undefined) return undefined;
    try {
      return new JournalWriter({
        folder,
        head: {
          type: 'run',
          version: journalVersion,
          program,
          startedAt: new Date().toISOString(),
          owner: self,
          folder: workingIn,
          front,
          title: withoutSecretsIn(title, { query: isRedacted(request), known: [title] }),
          request: isTooLarge ? null : request,
          ...(withheld.length > 0 && { withheld }),
          ...(force && { force }),
          ...(retryOf ? { retryOf } : only && { limited: true }),
          ...(details && { details }),
        },
        onFault: (error) => this.#fault(error, folder),
        onBegun: () => pruneJournals(folder, { retried: retryOf?.id }),
      });
    } catch (error) {
      this.#fault(error, folder);
      return undefined;
    }
  }

  #fault(error: unknown, folder: string): void {
    const { message } = failureOfSystemError(error, folder, 'write');
    this.#run.onWarning?.(`The run goes on without a journal from here: ${message}.`);
  }

  #followPool(): void {
    const { poolSize } = this.#run;
    if (poolSize === undefined) return;
    const sizeNow = (): number => (typeof poolSize === 'number' ? poolSize : poolSize.size);
    let told = sizeNow();
    this.#writer?.line({ type: 'pool', atMs: 0, size: told });
    if (typeof poolSize === 'number') return;
    this.#forgetPool = poolSize.onChange(() => {
      // A pause is told as a change too.
      if (sizeNow() === told) return;
      told = sizeNow();
      this.#writer?.line({ type: 'pool', atMs: this.#writer.atMs, size: told });
    });
  }
}

function textOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}

/** What was not begun can be done later, as after an interruption. */
function ofHalt({ halted }: Summary): { readonly interrupted?: string } {
  if (halted === undefined) return {};
  return { interrupted: `Halted after ${halted} failed ${halted === 1 ? 'item' : 'items'}.` };
}

function isRedacted(request: object): boolean {
  const { recipe } = request as { readonly recipe?: { readonly redact?: boolean } };
  return recipe?.redact ?? false;
}

function placeOfJournals(): string | undefined {
  try {
    return journalFolder();
  } catch {
    return undefined;
  }
}
