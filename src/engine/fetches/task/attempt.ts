import { failureOf } from '../../../shared/failure.ts';
import { noRoomCodes } from '../../files/system-error.ts';
import { nameFromDisposition, withExtension } from '../../names/file-name.ts';
import { verify } from '../parts/digests.ts';
import {
  continuesPart,
  type Part,
  removePart,
  takePart,
  tryToPutAside,
  versionOf,
} from '../parts/resumable-part.ts';
import type { Head } from '../protocol/exchange.ts';
import { AttemptError, toAttemptError } from '../protocol/fetch-errors.ts';
import type { Attempt, FetchPayload, Retry } from '../protocol/protocol.ts';
import { type BodyOf, BodySink, minKeptBytes } from './body/body-sink.ts';
import { Download, lengthOf } from './body/download.ts';
import { MemorySink } from './body/memory-sink.ts';
import { type Form, formOf, OtherFormWanted } from './body/other-form.ts';
import { type AnswerHandler, type FetchContext, followRedirects } from './follow-redirects.ts';
import { forbidsAi } from './http/noai.ts';
import { failureOfStatus } from './http/status.ts';

/**
 * One attempt at one item, from its URL to a file under its final name. Never throws because of the item.
 * @param otherwise see `formOf`.
 */
export async function fetchItem(
  context: FetchContext,
  item: FetchPayload,
  signal: AbortSignal,
  otherwise = false,
): Promise<Attempt> {
  const attempt = new ItemAttempt(context, item, signal, otherwise);
  try {
    return await attempt.run();
  } catch (error) {
    if (error instanceof OtherFormWanted && !signal.aborted) return fetchItem(context, item, signal, true);
    const reason = toAttemptError(error, item.url, true);
    const kept = attempt.interrupt(reason);
    // The worker recognises a cancelled item by its signal and ignores the error.
    if (signal.aborted) throw error;
    return failed(reason, kept);
  }
}

function failed(error: AttemptError, kept: Kept): Attempt {
  const retry = retryOf(error, kept);
  const { part } = kept;
  const failure = failureOf(error, 'FETCH_FAILED');
  return { kind: 'failed', error: failure, ...(retry && { retry }), ...(part !== undefined && { part }) };
}

/** What main needs to know to try again, or undefined if trying again makes no sense. */
export function retryOf(error: AttemptError, { progress }: Kept = nothingKept): Retry | undefined {
  const { retryable, afterMs, crowded } = error;
  if (!retryable) return undefined;
  return {
    crowded,
    progress,
    ...(afterMs !== undefined && { afterMs }),
  };
}

/** What a failed attempt has kept of the file. */
interface Kept {
  readonly part: string | undefined;
  /** Whether this attempt added enough to the part to justify another. */
  readonly progress: boolean;
}

const nothingKept: Kept = { part: undefined, progress: false };

/** What follows from the head of the answer. */
type Ending =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'noai' }
  | { readonly kind: 'refused'; readonly error: AttemptError }
  | { readonly kind: 'body'; readonly head: Head };

class ItemAttempt implements AnswerHandler {
  readonly #context: FetchContext;
  readonly #item: FetchPayload;
  readonly #signal: AbortSignal;
  readonly #of: BodyOf;
  #part: Part | undefined;
  #ending: Ending | undefined;
  #finalUrl = '';
  #download: Download | undefined;
  #file: BodySink | undefined;
  #memory: MemorySink | undefined;
  readonly #otherwise: boolean;
  #form: Form | undefined;

  constructor(context: FetchContext, item: FetchPayload, signal: AbortSignal, otherwise: boolean) {
    this.#otherwise = otherwise;
    this.#context = context;
    this.#item = item;
    this.#signal = signal;
    const { folder, noteKey, durable } = context.settings;
    this.#of = { folder, noteKey, durable, url: item.url, expected: item };
  }

  async run(): Promise<Attempt> {
    const { url, authorization, parts, trail } = this.#item;
    const { keep, maxRedirects, respect } = this.#context.settings;
    if (parts && keep === 'file') this.#part = await takePart(this.#of, url, parts, this.#item);
    const onward = await followRedirects(
      this.#context,
      {
        url,
        authorization,
        signal: this.#signal,
        further: this.#conditions(),
        maxRedirects,
        // No redirect is followed before main has looked at the robots.txt of its target.
        byStages: respect.includes('robots'),
        trail,
      },
      this,
    );
    if (onward) {
      const part = this.#putBack();
      return { kind: 'redirected', trail: onward, ...(part !== undefined && { part }) };
    }
    const ending = this.#ending;
    if (!ending)
      throw new AttemptError('BAD_RESPONSE', `${url}: the answer ended before it began.`, {
        retryable: true,
      });
    if (ending.kind === 'refused') throw ending.error;
    if (ending.kind !== 'body' && this.#part) removePart(this.#part.path);
    this.#part?.letGo();
    if (ending.kind === 'noai') return { kind: 'noai' };
    if (ending.kind === 'unchanged') return { kind: 'unchanged', output: this.#item.owned?.output ?? '' };
    await this.#download?.end();
    const isOther = await this.#form?.besides?.matches();
    return this.#finish(ending.head, isOther === true);
  }

  arrive(head: Head, url: string): Download | undefined {
    const { settings } = this.#context;
    const { status, headers } = head;
    this.#finalUrl = url;
    if (status === 304 && this.#item.owned !== undefined) {
      this.#ending = { kind: 'unchanged' };
      return undefined;
    }
    if (status === 416 && this.#part) {
      // The file is shorter than our part of it, so it must be another version.
      throw this.#partDropped(this.#part);
    }
    if (status !== 200 && !(status === 206 && this.#part)) {
      // Not thrown here: the answer's body is read first, so that the connection can be reused.
      this.#ending = {
        kind: 'refused',
        error: failureOfStatus(this.#item.url, status, headers['retry-after']),
      };
      return undefined;
    }
    if (settings.respect.includes('noai') && forbidsAi(headers['x-robots-tag'])) {
      this.#ending = { kind: 'noai' };
      return undefined;
    }
    this.#ending = { kind: 'body', head };
    const form = formOf(this.#item.url, head, this.#names(head), this.#item, this.#otherwise);
    this.#form = form;
    const target = settings.keep === 'memory' ? this.#toMemory() : this.#toFile(head, form);
    this.#download = new Download(this.#item.url, head, settings, target, this.#file?.bytes ?? 0, form);
    return this.#download;
  }

  /** Call if the attempt failed. @returns what was kept of the file. */
  interrupt({ code }: AttemptError): Kept {
    this.#download?.abandon();
    this.#form?.besides?.destroy();
    this.#memory?.discard();
    // A part would take room on the disk that other files need.
    if (noRoomCodes.has(code)) {
      this.#file?.discard();
      if (this.#part) removePart(this.#part.path);
      this.#part?.letGo();
      return nothingKept;
    }
    const before = this.#part?.bytes ?? 0;
    const bytes = this.#file?.bytes ?? 0;
    const part = this.#file ? this.#file.interrupt() : this.#putBack();
    // A server that always starts from the beginning makes no progress, however much it sends.
    return { part, progress: part !== undefined && bytes >= before + minKeptBytes };
  }

  /** Puts the claimed part back, because no answer came that could add to it. */
  #putBack(): string | undefined {
    this.#part?.letGo();
    return this.#part && tryToPutAside(this.#of, this.#part.path, this.#of.url);
  }

  #partDropped(part: Part): AttemptError {
    removePart(part.path);
    part.letGo();
    this.#part = undefined;
    return new AttemptError('TRUNCATED', `${this.#item.url} has changed; its part was dropped.`, {
      retryable: true,
    });
  }

  #conditions(): [string, string | undefined][] {
    const part = this.#part;
    if (part) {
      return [
        ['range', `bytes=${part.bytes}-`],
        ['if-range', part.version.etag ?? part.version.lastModified],
      ];
    }
    const { owned, etag, lastModified } = this.#item;
    if (owned === undefined) return [];
    return [
      ['if-none-match', etag],
      ['if-modified-since', etag === undefined ? lastModified : undefined],
    ];
  }

  /** By which names the file goes: a person's own, or else those of the answer. */
  #names({ headers }: Head): string[] {
    const { name, nameIsFinal } = this.#item;
    if (nameIsFinal) return [name];
    return [nameFromDisposition(headers['content-disposition']) ?? name, new URL(this.#finalUrl).pathname];
  }

  #toFile(head: Head, { codings }: Form): BodySink {
    const part = this.#part;
    if (head.status === 206 && part) {
      if (!continuesPart(head, part)) throw this.#partDropped(part);
      this.#file = BodySink.continuing(this.#of, part);
      part.letGo();
      return this.#file;
    }
    if (part) removePart(part.path);
    part?.letGo();
    const version = codings.length > 0 ? undefined : versionOf(head, lengthOf(head));
    this.#file = BodySink.fresh(this.#of, version);
    return this.#file;
  }

  #toMemory(): MemorySink {
    const { memory, settings } = this.#context;
    this.#memory = new MemorySink(memory, settings.folder, this.#item);
    return this.#memory;
  }

  /** @param isOther whether the checksum is of the form that is not kept. */
  #finish(head: Head, isOther: boolean): Attempt {
    const {
      etag,
      'last-modified': lastModified,
      'content-type': type,
      'content-disposition': disposition,
    } = head.headers;
    const { url, name: planned, nameIsFinal, owned } = this.#item;
    const name = nameIsFinal ? planned : withExtension(nameFromDisposition(disposition) ?? planned, type);
    const about = {
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { lastModified }),
      ...(this.#finalUrl !== url && { finalUrl: this.#finalUrl }),
    };
    const accept = (digest: { sha256: string; md5: string | undefined }) => {
      if (isOther) throw new OtherFormWanted();
      verify(url, this.#item, digest);
    };
    if (this.#memory) {
      const { gathered, digest } = this.#memory.finish(accept);
      return {
        kind: 'gathered',
        bytes: this.#memory.bytes,
        ...gathered,
        name,
        sha256: digest.sha256,
        ...about,
      };
    }
    const file = this.#file;
    if (!file) throw new Error('A body without a place to go to.');
    this.#file = undefined;
    const { output, adopted, digest } = file.finish({ name, owned }, accept);
    const received = this.#download?.received ?? 0;
    const saved = { output, bytes: file.bytes, received, sha256: digest.sha256 };
    return { kind: 'saved', ...saved, ...(adopted && { adopted }), ...about };
  }
}
