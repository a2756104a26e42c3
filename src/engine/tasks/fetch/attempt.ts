import { failureOf } from '../../../shared/failure.ts';
import { nameFromDisposition, withExtension } from '../../plan/file-name.ts';
import { BodySink, type PartPath, worthKeeping } from './body-sink.ts';
import { encodingOf } from './decoding.ts';
import { Digests, verify } from './digests.ts';
import { Download, lengthOf } from './download.ts';
import type { Head } from './exchange.ts';
import { type Destination, type Means, travel } from './journey.ts';
import { MemorySink } from './memory-sink.ts';
import { forbidsAi } from './noai.ts';
import type { Attempt, FetchPayload, Retry } from './protocol.ts';
import { continuesPart, findPart, type Part, partPathOf, removePart, versionOf } from './resumable-part.ts';
import { failureOfStatus } from './status.ts';
import { AttemptError, whyItFailed } from './why-it-failed.ts';

/** One attempt at one item, from its URL to a file under its final name. Never throws for what the item does. */
export async function fetchItem(means: Means, item: FetchPayload, signal: AbortSignal): Promise<Attempt> {
  const attempt = new ItemAttempt(means, item, signal);
  try {
    return await attempt.run();
  } catch (error) {
    const reason = whyItFailed(error, item.url, true);
    const kept = attempt.interrupt(reason);
    // The worker tells a cancelled item by its signal; what it throws then is not looked at.
    if (signal.aborted) throw error;
    return failed(reason, kept);
  }
}

function failed(error: AttemptError, progress: boolean): Attempt {
  const retry = retryOf(error, progress);
  return { kind: 'failed', error: failureOf(error, 'FETCH_FAILED'), ...(retry && { retry }) };
}

/** What main needs to know to try again, where that makes sense. */
export function retryOf(error: AttemptError, progress: boolean): Retry | undefined {
  const { retryable, afterMs, crowded } = error;
  return retryable ? { crowded, progress, ...(afterMs !== undefined && { afterMs }) } : undefined;
}

/** What the head of the answer said. */
type Ending =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'noai' }
  | { readonly kind: 'refused'; readonly error: AttemptError }
  | { readonly kind: 'body'; readonly head: Head };

class ItemAttempt implements Destination {
  readonly #means: Means;
  readonly #item: FetchPayload;
  readonly #signal: AbortSignal;
  readonly #partPath: PartPath;
  #part: Part | undefined;
  #partDigests: Digests | undefined;
  #ending: Ending | undefined;
  #finalUrl = '';
  #download: Download | undefined;
  #file: BodySink | undefined;
  #memory: MemorySink | undefined;

  constructor(means: Means, item: FetchPayload, signal: AbortSignal) {
    this.#means = means;
    this.#item = item;
    this.#signal = signal;
    this.#partPath = () => partPathOf(means.settings.folder, item.url);
  }

  async run(): Promise<Attempt> {
    const { url, authorization, trail } = this.#item;
    const { keep, maxRedirects, robots: byStages } = this.#means.settings;
    if (this.#item.resume && keep === 'file') await this.#pickUpPart();
    const onward = await travel(
      this.#means,
      {
        url,
        authorization,
        signal: this.#signal,
        further: this.#conditions(),
        maxRedirects,
        byStages,
        trail,
      },
      this,
    );
    if (onward) return { kind: 'redirected', trail: onward };
    const ending = this.#ending;
    if (!ending)
      throw new AttemptError('BAD_RESPONSE', `${url}: the answer ended before it began.`, {
        retryable: true,
      });
    if (ending.kind === 'refused') throw ending.error;
    if (ending.kind === 'noai') return { kind: 'noai' };
    if (ending.kind === 'unchanged') return { kind: 'unchanged', output: this.#item.owned ?? '' };
    await this.#download?.end();
    return this.#finish(ending.head);
  }

  arrive(head: Head, url: string): Download | undefined {
    const { settings } = this.#means;
    const { status, headers } = head;
    this.#finalUrl = url;
    if (status === 304 && this.#item.owned !== undefined) {
      this.#ending = { kind: 'unchanged' };
      return undefined;
    }
    if (status === 416 && this.#part) {
      // The file is shorter than what we have of it: it is another one by now.
      removePart(this.#partPath());
      throw new AttemptError('TRUNCATED', `${this.#item.url} has changed; its part was dropped.`, {
        retryable: true,
      });
    }
    if (status !== 200 && !(status === 206 && this.#part)) {
      // Not thrown here: the answer's body is read first, so that the connection can be used again.
      this.#ending = {
        kind: 'refused',
        error: failureOfStatus(this.#item.url, status, headers['retry-after']),
      };
      return undefined;
    }
    if (settings.noai && forbidsAi(headers['x-robots-tag'])) {
      this.#ending = { kind: 'noai' };
      return undefined;
    }
    this.#ending = { kind: 'body', head };
    const target = settings.keep === 'memory' ? this.#toMemory() : this.#toFile(head);
    this.#download = new Download(this.#item.url, head, settings, target, this.#file?.bytes ?? 0);
    return this.#download;
  }

  /** The attempt failed. @returns whether a beginning worth continuing was kept. */
  interrupt({ code }: AttemptError): boolean {
    this.#download?.abandon();
    this.#memory?.discard();
    // A part would take the room that other files need.
    if (code === 'DISK_FULL') {
      this.#file?.discard();
      return false;
    }
    const kept = this.#file?.interrupt() ?? false;
    return kept && (this.#download?.received ?? 0) >= worthKeeping;
  }

  async #pickUpPart(): Promise<void> {
    const path = this.#partPath();
    this.#part = findPart(path);
    if (!this.#part) return;
    this.#partDigests = new Digests(this.#item);
    await this.#partDigests.updateFromFile(path, this.#part.bytes);
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

  #toFile(head: Head): BodySink {
    const { folder } = this.#means.settings;
    if (head.status === 206 && this.#part && this.#partDigests) {
      if (!continuesPart(head, this.#part)) {
        removePart(this.#partPath());
        throw new AttemptError('TRUNCATED', `${this.#item.url} has changed; its part was dropped.`, {
          retryable: true,
        });
      }
      this.#file = BodySink.continuing(folder, this.#partPath, this.#item, this.#part, this.#partDigests);
      return this.#file;
    }
    if (this.#part) removePart(this.#partPath());
    const encoded = encodingOf(head.headers['content-encoding']) !== undefined;
    const version = encoded ? undefined : versionOf(head, lengthOf(head));
    this.#file = BodySink.fresh(folder, this.#partPath, this.#item, version);
    return this.#file;
  }

  #toMemory(): MemorySink {
    const { memory, settings } = this.#means;
    this.#memory = new MemorySink(memory, settings.folder, this.#item);
    return this.#memory;
  }

  #finish(head: Head): Attempt {
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
    const accept = (digest: { sha256: string; md5: string | undefined }) => verify(url, this.#item, digest);
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
    const { folder } = this.#means.settings;
    const { output, digest } = file.finish({ folder, name, url, owned }, accept);
    const received = this.#download?.received ?? 0;
    return { kind: 'saved', output, bytes: file.bytes, received, sha256: digest.sha256, ...about };
  }
}
