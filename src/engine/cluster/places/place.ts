import type { PartFile } from '../../files/parts/part-file.ts';

/**
 * Where several machines keep what they share: a folder that all of them see, or a part of an object storage. Keys are
 * paths below it, with `/` as separator. Nothing that is half written is ever seen under a key.
 */
export interface Place {
  /** For messages: a path or a URL, without anything secret. */
  readonly title: string;
  /** @returns undefined if nothing has this key. */
  read(key: string): Promise<Buffer | undefined>;
  /** Writes, or replaces what has the key. */
  write(key: string, content: Uint8Array | string): Promise<void>;
  /** Writes only if nothing has the key: of several that create it at the same time, one does. @returns whether it did. */
  create(key: string, content: Uint8Array | string): Promise<boolean>;
  has(key: string): Promise<boolean>;
  /** Puts a local file there, and removes it here. */
  take(key: string, file: string): Promise<void>;
  /** Gives a file that was written for it the key. In a folder it has to be on the same file system. */
  put(key: string, part: PartFile): Promise<void>;
  /** Like `put`, only if nothing has the key. @returns whether it did; if not, the part is left. */
  putNew(key: string, part: PartFile): Promise<boolean>;
  /** In hexadecimal; of what others have put into an object storage, ''. @returns undefined if nothing has the key. */
  sha256(key: string): Promise<string | undefined>;
  /** The keys that begin so, in no order. */
  list(prefix: string): AsyncIterable<string>;
  /** Nothing happens where nothing has the key. */
  remove(key: string): Promise<void>;
  close(): Promise<void>;
}
