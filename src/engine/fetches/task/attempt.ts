import { extname } from 'node:path';
import { failureOf } from '../../../shared/failure.ts';
import { formatOfExtension, headBytes } from '../../../shared/image-formats.ts';
import { nameFromDisposition } from '../../names/file-name.ts';
import { hasExtension, withExtension } from '../../names/with-extension.ts';
import { type Digest, verify } from '../parts/digests.ts';
import type { Head, TransferWatch } from '../protocol/exchange.ts';
import { AttemptError, toAttemptError } from '../protocol/fetch-errors.ts';
import type { Attempt, FetchPayload, Retry } from '../protocol/protocol.ts';
import { minKeptBytes } from './body/body-sink.ts';
import { Download } from './body/download.ts';
import { FileSoFar, type Kept } from './body/file-so-far.ts';
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
  watch: TransferWatch,
  otherwise = false,
): Promise<Attempt> {
  const attempt = new ItemAttempt(context, item, signal, watch, otherwise);
  try {
    return await attempt.run();
  } catch (error) {
    const isOther = error instanceof OtherFormWanted;
    const reason = toAttemptError(error, item.url, true);
    const kept = attempt.interrupt(reason);
    if (isOther && !signal.aborted) return fetchItem(context, item, signal, watch, true);
    // The worker recognises a cancelled item by its signal and ignores the error.
    if (signal.aborted) throw error;
    return failed(reason, kept);
  }
}

function failed(error: AttemptError, kept: Kept): Attempt {
  const retry = retryOf(error, kept);
  const { part, bytes } = kept;
  const failure = failureOf(error, 'FETCH_FAILED');
  const left = part !== undefined && { part, reached: bytes };
  return { kind: 'failed', error: failure, ...(retry && { retry }), ...left };
}

/** What main needs to know to try again, or undefined if trying again makes no sense. */
export function retryOf(
  error: AttemptError,
  { progress }: Pick<Kept, 'progress'> = { progress: false },
): Retry | undefined {
  const { retryable, afterMs, crowded } = error;
  if (!retryable) return undefined;
  return {
    crowded,
    progress,
    ...(afterMs !== undefined && { afterMs }),
  };
}

/**
 * Where a server sends a file in ranges shorter than asked for, one attempt asks for this many of them that are smaller
 * than a part. Larger ones are bounded by the file.
 */
const mostSmallRanges = 1_000;

/** Sites answer with a page where an image was, or where only members may see it: no error by its status. */
function warningOf(url: string, name: string, type: string | undefined): { warning?: string } {
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(type ?? '')) return {};
  if (!formatOfExtension(extname(name).slice(1).toLowerCase())) return {};
  return { warning: `${url} is a web page, although its name is that of an image.` };
}

/** Success with a body: not the number 200 alone, but neither an answer without one nor a part of several kinds. */
function bringsFile(status: number): boolean {
  return status >= 200 && status <= 299 && status !== 204 && status !== 205;
}

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
  readonly #watch: TransferWatch;
  readonly #file: FileSoFar;
  #ending: Ending | undefined;
  #finalUrl = '';
  #download: Download | undefined;
  /** The number of bytes received over the network by the answers before the current one. */
  #received = 0;
  readonly #otherwise: boolean;
  #form: Form | undefined;

  constructor(
    context: FetchContext,
    item: FetchPayload,
    signal: AbortSignal,
    watch: TransferWatch,
    otherwise: boolean,
  ) {
    this.#otherwise = otherwise;
    this.#context = context;
    this.#item = item;
    this.#signal = signal;
    this.#watch = watch;
    const { folder, noteKey, durable, keep } = context.settings;
    const of = { folder, noteKey, durable, url: item.url, expected: item, watch };
    this.#file = new FileSoFar(of, keep === 'memory' ? context.memory : undefined, item.reached);
  }

  async run(): Promise<Attempt> {
    const { parts } = this.#item;
    if (parts) await this.#file.takePart(parts);
    for (let small = 0; ; ) {
      const before = this.#file.bytes;
      const ended = await this.#ask();
      if (ended) return ended;
      const brought = this.#file.bytes - before;
      if (brought < minKeptBytes) small += 1;
      // Between two requests others may have their turn, and their pause: main sees to that.
      const { minGap, respect } = this.#context.settings;
      const isPolite = minGap > 0 || respect.includes('robots');
      if (isPolite || brought <= 0 || small > mostSmallRanges) throw this.#file.restIsLeft();
    }
  }

  /** Makes one request and takes its answer. @returns undefined if the file goes on behind what the answer brought. */
  async #ask(): Promise<Attempt | undefined> {
    const { url, authorization, trail, guarded, foreign } = this.#item;
    const { maxRedirects, respect } = this.#context.settings;
    this.#ending = undefined;
    const onward = await followRedirects(
      this.#context,
      {
        url,
        authorization,
        signal: this.#signal,
        watch: this.#watch,
        further: this.#file.conditions() ?? this.#validators() ?? [],
        maxRedirects,
        // No redirect is followed before main has looked at the robots.txt of its target.
        byStages: respect.includes('robots'),
        trail,
        guarded: guarded ?? false,
        foreign: foreign ?? false,
      },
      this,
    );
    if (onward) {
      const part = this.#file.putBack();
      return { kind: 'redirected', trail: onward, ...(part !== undefined && { part }) };
    }
    const ending = this.#endingOfAnswer();
    if (ending.kind === 'refused') throw ending.error;
    if (ending.kind !== 'body') this.#file.discard();
    if (ending.kind === 'noai') return { kind: 'noai' };
    if (ending.kind === 'unchanged') return { kind: 'unchanged', output: this.#item.owned?.output ?? '' };
    await this.#download?.end();
    const isOther = (await this.#form?.besides?.matches()) === true;
    this.#received += this.#download?.received ?? 0;
    if (!this.#file.endOfAnswer()) return undefined;
    const name = this.#nameOf(ending.head);
    return this.#finish(ending.head, typeof name === 'string' ? name : await name, isOther);
  }

  arrive(head: Head, url: string): Download | undefined {
    const { settings } = this.#context;
    const { status, headers } = head;
    this.#finalUrl = url;
    if (status === 304 && this.#file.bytes === 0 && this.#validators()) {
      this.#ending = { kind: 'unchanged' };
      return undefined;
    }
    // The file is shorter than what is there of it, so it must be another version.
    if (status === 416 && this.#file.bytes > 0) throw this.#file.refuse();
    if (!bringsFile(status)) {
      // Not thrown here: the answer's body is read first, so that the connection can be reused.
      this.#ending = {
        kind: 'refused',
        error: failureOfStatus(this.#item.url, status, headers),
      };
      return undefined;
    }
    if (settings.respect.includes('noai') && forbidsAi(headers['x-robots-tag'])) {
      this.#ending = { kind: 'noai' };
      return undefined;
    }
    this.#ending = { kind: 'body', head };
    const form = formOf(this.#item.url, head, () => this.#names(head), this.#item, this.#otherwise);
    this.#form = form;
    const { target, from } = this.#file.receive(head, form.codings.length > 0);
    this.#download = new Download(this.#item.url, head, settings, target, from, form);
    return this.#download;
  }

  /** Call if the attempt failed. @returns what was kept of the file. */
  interrupt(error: AttemptError): Kept {
    this.#download?.abandon();
    this.#form?.besides?.destroy();
    return this.#file.interrupt(error);
  }

  #endingOfAnswer(): Ending {
    if (this.#ending) return this.#ending;
    const message = `${this.#item.url}: the answer ended before it began.`;
    throw new AttemptError('BAD_RESPONSE', message, { retryable: true });
  }

  /** The headers that ask whether the file of an earlier run has changed, if there is something to ask with. */
  #validators(): [string, string | undefined][] | undefined {
    const { owned, etag, lastModified } = this.#item;
    if (owned === undefined || (etag === undefined && lastModified === undefined)) return undefined;
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

  #nameOf({ headers }: Head): string | Promise<string> {
    const { name, nameIsFinal } = this.#item;
    if (nameIsFinal) return name;
    const proposed = nameFromDisposition(headers['content-disposition']) ?? name;
    if (hasExtension(proposed)) return proposed;
    const firstBytes = () => this.#file.sink?.firstBytes(headBytes) ?? new Uint8Array();
    return withExtension(proposed, headers['content-type'], firstBytes);
  }

  /** @param isOther whether the checksum is of the form that is not kept. */
  #finish(head: Head, name: string, isOther: boolean): Attempt {
    const { etag, 'last-modified': lastModified, 'content-type': type } = head.headers;
    const { url, owned } = this.#item;
    const about = {
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { lastModified }),
      ...(this.#finalUrl !== url && { finalUrl: this.#finalUrl }),
      ...warningOf(url, name, type),
    };
    const accept = (digest: Digest) => {
      if (isOther) throw new OtherFormWanted();
      verify(url, this.#item, digest);
    };
    const whole = this.#file.release();
    if (whole instanceof MemorySink) {
      const { gathered, digest } = whole.finish(accept);
      this.#watch.lap('write');
      return { kind: 'gathered', bytes: whole.bytes, ...gathered, name, sha256: digest.sha256, ...about };
    }
    const { output, adopted, replaced, madeAt, digest } = whole.finish({ name, owned }, accept);
    this.#watch.lap('write');
    const saved = { output, madeAt, bytes: whole.bytes, received: this.#received, sha256: digest.sha256 };
    return { kind: 'saved', ...saved, ...(adopted && { adopted }), ...(replaced && { replaced }), ...about };
  }
}
