import type { LoadedKind } from '../../pool/threads/protocol.ts';

/** One picture of a set, with all that was made of it. */
export interface SetEntry {
  /** The absolute path of the original. */
  readonly input: string;
  /** What a person calls it: the file's name. */
  readonly name: string;
  /** At least one, in the order in which they were asked for: format by format, size by size. */
  readonly renditions: readonly SetRendition[];
  /** Something to show while it loads, in about 25 bytes (base64): see ThumbHash. */
  readonly thumbHash?: string;
  /** The mean colour, as CSS writes it: "#0c7489". */
  readonly colour?: string;
}

export interface SetRendition {
  /** Absolute. */
  readonly path: string;
  /** The media type: `image/webp`. */
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** The pictures of a run whose thumbnails are there: those that it made, and those that needed no work. */
export interface SetOfPictures {
  /** The folder of the file that is written: what it links to is relative to that. */
  readonly folder: string;
  /** What a person calls the set: the name of the folder of the originals; of a list that of the folder it is written to. */
  readonly title: string;
  /** How many entries there are. */
  readonly count: number;
  /** How many items have no entry, because they failed or were not reached. */
  readonly missing: number;
  /** The entries in the order of the items. It may be called again. */
  entries(): AsyncIterable<SetEntry>;
  /**
   * To be called before a further file is written, such as a second page: the first has been asked for already.
   * @throws ItemError if that is an original, or somebody else's file.
   */
  claim(file: string): Promise<void>;
  /** Has a thread do what takes long. @throws what the task throws, and where the run was interrupted. */
  inThread<Value>(kind: LoadedKind, payload: unknown): Promise<Value>;
  /** Whether files are flushed to the disk before they get their names. */
  readonly durable: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onWarning: (warning: string) => void;
}

/** Writes what was asked for, whole: nobody sees half of it. @returns all files that belong to it, the first one first. */
export type SetWriter = (set: SetOfPictures, file: string) => Promise<readonly string[]>;
