/** What was made from what, and by which recipe. Paths are absolute. */
export interface LedgerEntry {
  /** The file that was made; the entry's key. */
  readonly output: string;
  /** The image's path or the URL it was made from. */
  readonly input: string;
  /** What the input was like: size and modification time of a file, or the URL's validators. Opaque text. */
  readonly inputStamp: string;
  /** A fingerprint of the recipe, so that a changed recipe makes it anew. */
  readonly recipe: string;
  /** Size of the output in bytes. */
  readonly bytes: number;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly sha256?: string | undefined;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** When it was recorded, in milliseconds since 1970: the ledger fills it in. */
  readonly madeAt?: number | undefined;
}

/**
 * The memory between runs. Look-ups are synchronous and quick; what is recorded is written in batches, and found whether it
 * has been written or not. Nothing of it throws, whatever has become of the file.
 */
export interface Ledger {
  byOutput(output: string): LedgerEntry | undefined;
  /** All that was made from this input, the newest first. */
  byInput(input: string): LedgerEntry[];
  /** Whether anything was made into this folder (or one below it). */
  hasOutputsIn(folder: string): boolean;
  /** The files with these bytes, the newest first. */
  bySha256(sha256: string): LedgerEntry[];
  record(entry: LedgerEntry): void;
  /** Remembers a folder as one that Shoal fills with outputs: it is never walked as input. */
  recordOutputFolder(folder: string): void;
  isOutputFolder(folder: string): boolean;
  /** Takes that back, for a folder that is gone again. */
  forgetOutputFolder(folder: string): void;
  /** Writes what has been recorded so far, or later where another process holds the lock just now. */
  flush(): void;
  /** Waits two seconds for such a lock, and tells what could not be written. */
  close(): void;
}
