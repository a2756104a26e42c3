/** One output: what it was made from, and by which recipe. Paths are absolute. */
export interface LedgerEntry {
  /** The output's path; the entry's key. */
  readonly output: string;
  /** The path of the image, or the URL, that it was made from. */
  readonly input: string;
  /** Identifies the version of the input: size and modification time of a file, or a URL's validators. Opaque text. */
  readonly inputStamp: string;
  /** A fingerprint of the recipe: with a changed recipe the output is made anew. */
  readonly recipe: string;
  /** Size of the output in bytes. */
  readonly bytes: number;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly sha256?: string | undefined;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /**
   * When the output last changed while it was made, by the clock of its file system, or else when it was recorded: in
   * milliseconds since 1970.
   */
  readonly madeAt?: number | undefined;
  /** Of the first thumbnail of an image, where it was asked for: a placeholder of 25 bytes (base64). */
  readonly thumbHash?: string | undefined;
  /** Beside that: the mean colour, as CSS writes it. */
  readonly colour?: string | undefined;
}

/**
 * The memory between runs. Look-ups are synchronous and fast. Records are written in batches, and are found whether
 * they have been written or not. No method throws, whatever happens to the file.
 */
export interface Ledger {
  byOutput(output: string): LedgerEntry | undefined;
  /** All outputs made from this input, the newest first. */
  byInput(input: string): LedgerEntry[];
  /** Whether any output is recorded in this folder or below it. */
  hasOutputsIn(folder: string): boolean;
  /** The files with these bytes, the newest first. */
  bySha256(sha256: string): LedgerEntry[];
  record(entry: LedgerEntry): void;
  /** Records a folder that Shoal fills with outputs: it is never walked as input. */
  recordOutputFolder(folder: string): void;
  isOutputFolder(folder: string): boolean;
  /** Undoes `recordOutputFolder`, for a folder that was removed again. */
  forgetOutputFolder(folder: string): void;
  /** The files that were made of all thumbnails of a run together, with their sizes in bytes. They are no originals. */
  setFiles(): ReadonlyMap<string, number>;
  recordSetFile(path: string, bytes: number): void;
  /** Writes the records so far, or later if another process holds the lock. */
  flush(): void;
  /** Waits up to two seconds for such a lock, and warns about records that could not be written. */
  close(): void;
}
