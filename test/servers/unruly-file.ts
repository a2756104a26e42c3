import type { RawAnswer } from './raw-server.ts';

type Random = () => number;

interface Version {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly lastModified: string;
}

/** What versions of a file are told apart by. */
type Validators = 'etag' | 'weak etag and date' | 'date' | 'both' | 'none';

/** Bytes that repeat themselves nowhere near: each version is a piece of them. */
const noise = Buffer.from(
  Array.from({ length: 1_000_000 }, (_, at) => (Math.imul(at, 2_654_435_761) >>> 13) & 255),
);
const ways: readonly Validators[] = ['etag', 'etag', 'weak etag and date', 'date', 'both', 'both', 'none'];

/**
 * A file whose server answers by chance: lawfully, or with any fault by which a client can still tell that something is
 * wrong. It changes now and then; what a client has when it is done must be one of its versions.
 *
 * It never tells a lie that nobody could find out: bytes from another place than its `Content-Range` says, two versions
 * of one tag, date and length, or an end that cannot be told from a cut.
 */
export class UnrulyFile {
  readonly versions: readonly Version[];
  /** What was asked and answered, for messages. */
  readonly told: string[] = [];
  readonly #random: Random;
  readonly #validators: Validators;
  /** How often it misbehaves: some files hardly do, so that most transfers come to an end. */
  readonly #malice: number;
  /** Whether all versions have one length, so that no total tells them apart. */
  readonly #sameLength: boolean;
  #current = 0;
  #wrongTags = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#validators = this.#one(ways);
    this.#malice = this.#one([0, 0.1, 0.3, 0.6]);
    this.#sameLength = this.#validators !== 'none' && this.#chance(0.5);
    const small = this.#one([0, 1, this.#below(70_000)]);
    const length = this.#chance(0.2) ? small : 70_000 + this.#below(330_000);
    this.versions = Array.from({ length: 1 + this.#below(3) }, (_, at) => {
      const from = this.#below(500_000);
      return {
        bytes: noise.subarray(from, from + length + (this.#sameLength ? 0 : at * 3)),
        etag: `${this.#validators.startsWith('weak') ? 'W/' : ''}"v${at}"`,
        lastModified: `Sat, 0${at + 1} Jan 2022 00:00:00 GMT`,
      };
    });
  }

  isVersion(bytes: Uint8Array): boolean {
    return this.versions.some((version) => version.bytes.equals(bytes));
  }

  answer(request: string): RawAnswer | undefined {
    if (this.#chance(0.15)) this.#current = Math.min(this.#current + 1, this.versions.length - 1);
    const asked = /^range: bytes=(\d+)-/im.exec(request)?.[1];
    const answer = this.#unruly(0.15)
      ? this.#refusal()
      : this.#bytes(request, asked === undefined ? undefined : Number(asked));
    const head = answer?.pieces[0]?.toString().split('\r\n\r\n')[0]?.replaceAll('\r\n', ' | ');
    this.told.push(`${asked ?? 'all'} -> ${head ?? 'closed'}, ${answer?.pieces[1]?.length ?? 0} bytes`);
    return answer ?? { pieces: [], close: true };
  }

  #refusal(): RawAnswer | undefined {
    if (this.#chance(0.4)) return undefined;
    const { length } = this.#version.bytes;
    const head = this.#one([
      '503 Service Unavailable',
      '500 Internal Server Error',
      `416 Range Not Satisfiable\r\nContent-Range: bytes */${length}`,
      '416 Range Not Satisfiable',
      '206 Partial Content',
      '304 Not Modified',
    ]);
    return { pieces: [`HTTP/1.1 ${head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`], close: true };
  }

  #bytes(request: string, asked: number | undefined): RawAnswer {
    const { bytes } = this.#version;
    const ifRange = /^if-range: (.*)$/im.exec(request)?.[1]?.trim();
    const { etag, lastModified } = this.#version;
    const isSame = ifRange === undefined || ifRange === etag || ifRange === lastModified;
    const heeds = asked !== undefined && (isSame || this.#unruly(0.5)) && !this.#unruly(0.2);
    const isPart = heeds || this.#unruly(0.3);
    if (asked !== undefined && heeds && asked >= bytes.length) {
      const total = this.#chance(0.5) ? `Content-Range: bytes */${bytes.length}\r\n` : '';
      return {
        pieces: [
          `HTTP/1.1 416 Range Not Satisfiable\r\n${total}Content-Length: 0\r\nConnection: close\r\n\r\n`,
        ],
        close: true,
      };
    }
    if (!isPart || bytes.length === 0) return this.#send('200 OK', [], bytes);
    let from = heeds ? (asked ?? 0) : 0;
    if (this.#unruly(0.2)) from = Math.max(0, from + this.#one([-1, 1]) * this.#below(50_000));
    if (from >= bytes.length) from = bytes.length - 1;
    const to = this.#chance(0.4) ? from + 1 + this.#below(bytes.length - from) : bytes.length;
    return this.#send(
      this.#unruly(0.3) ? '200 OK' : '206 Partial Content',
      [`Content-Range: bytes ${from}-${to - 1}/${this.#total(to)}`],
      bytes.subarray(from, to),
    );
  }

  /** A total; a wrong one is too long, or shorter than the range itself. */
  #total(to: number): number | '*' {
    const { length } = this.#version.bytes;
    if (this.#unruly(0.1)) return length + 1 + this.#below(9);
    if (this.#unruly(0.05)) return Math.max(0, to - 1);
    return this.#unruly(0.1) ? '*' : length;
  }

  #send(status: string, range: readonly string[], body: Buffer): RawAnswer {
    const isCut = this.#chance(0.5) && body.length > 0;
    const sent = isCut ? body.subarray(0, this.#below(body.length)) : body;
    const head = [`HTTP/1.1 ${status}`, ...this.#tags(range), ...range];
    const framing = this.#one(['length', 'length', 'chunks', 'close']);
    // Only a range or a length can tell that a body was cut that ends with its connection.
    if (framing === 'close' && (!isCut || (range.length > 0 && !range[0]?.endsWith('*'))))
      return { pieces: [`${head.join('\r\n')}\r\nConnection: close\r\n\r\n`, sent], close: true };
    if (framing === 'chunks') {
      const more =
        range.length > 0 && !isCut && this.#unruly(0.2) ? Buffer.alloc(1 + this.#below(99)) : Buffer.alloc(0);
      const chunk = Buffer.concat([sent, more]);
      const packed =
        chunk.length === 0
          ? chunk
          : Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]);
      const end = isCut ? '' : '0\r\n\r\n';
      head.push('Transfer-Encoding: chunked', 'Connection: close');
      return {
        pieces: [`${head.join('\r\n')}\r\n\r\n`, Buffer.concat([packed, Buffer.from(end)])],
        close: true,
      };
    }
    // Beside a range, a wrong length is a contradiction.
    const wrong = range.length > 0 && this.#unruly(0.1) ? 1 + this.#below(9) : 0;
    const stays = !isCut && wrong === 0 && this.#chance(0.5);
    head.push(`Content-Length: ${body.length + wrong}`, `Connection: ${stays ? 'keep-alive' : 'close'}`);
    return { pieces: [`${head.join('\r\n')}\r\n\r\n`, sent], close: !stays };
  }

  #tags(range: readonly string[]): string[] {
    const { etag, lastModified } = this.#version;
    // Without them the total has to tell versions apart.
    const mayBeSilent = !this.#sameLength && !range[0]?.endsWith('*');
    if (this.#validators === 'none' || (mayBeSilent && this.#unruly(0.2))) return [];
    if (this.#unruly(0.1)) {
      this.#wrongTags += 1;
      return [`ETag: "wrong ${this.#wrongTags}"`];
    }
    const tag = this.#validators === 'date' ? [] : [`ETag: ${etag}`];
    return this.#validators === 'etag' ? tag : [...tag, `Last-Modified: ${lastModified}`];
  }

  get #version(): Version {
    const version = this.versions[this.#current];
    if (!version) throw new Error('There is no such version.');
    return version;
  }

  #unruly(chance: number): boolean {
    return this.#chance(this.#malice) && this.#chance(chance);
  }

  #chance(chance: number): boolean {
    return this.#random() < chance;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #one<Choice>(choices: readonly Choice[]): Choice {
    const choice = choices[this.#below(choices.length)];
    if (choice === undefined) throw new Error('There is nothing to choose.');
    return choice;
  }
}
