import { readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { bytesInMemory, type FileBytes } from '../../../codecs/headers/file-bytes.ts';

/** Smaller files are read at once, by threads of the system's pool. */
const mostAtOnce = 4 * 1024 * 1024;
const pieceBytes = 1024 * 1024;

/** A file on its way into a tar. It is opened once, for its header and its bytes. */
export class SourceFile implements AsyncDisposable {
  readonly bytes: FileBytes;
  readonly #path: string;
  readonly #handle: FileHandle | undefined;

  private constructor(path: string, bytes: FileBytes, handle?: FileHandle) {
    this.#path = path;
    this.bytes = bytes;
    this.#handle = handle;
  }

  static async open(path: string): Promise<SourceFile> {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      if (size > mostAtOnce) return new SourceFile(path, bytesOf(handle.fd, size), handle);
      const bytes = Buffer.allocUnsafeSlow(size);
      for (let at = 0; at < size; ) {
        const { bytesRead } = await handle.read(bytes, at, size - at, at);
        if (bytesRead === 0) throw becameShorter(path);
        at += bytesRead;
      }
      await handle.close();
      return new SourceFile(path, bytesInMemory(bytes));
    } catch (error) {
      await handle.close().catch(() => {});
      throw error;
    }
  }

  *pieces(): Generator<Uint8Array, void> {
    const { length } = this.bytes;
    const most = this.#handle ? pieceBytes : length;
    for (let at = 0; at < length; ) {
      const piece = this.bytes.read(at, Math.min(most, length - at));
      if (piece.length === 0) throw becameShorter(this.#path);
      yield piece;
      at += piece.length;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle?.close();
  }
}

function bytesOf(file: number, length: number): FileBytes {
  return {
    length,
    read: (at, wanted) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(wanted, length - at)));
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, at));
    },
  };
}

function becameShorter(path: string): Error {
  return new Error(`${path} became shorter while it was read`);
}
