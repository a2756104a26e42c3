import { closeSync, readFileSync, readSync } from 'node:fs';
import { ItemError } from '../../../shared/failure.ts';
import { openInput } from '../../files/open-input.ts';
import { stampOf } from '../../files/stamp.ts';
import { systemItemError } from '../../files/system-error.ts';
import { kernel } from './kernel-thumbnail.ts';
import type { Source } from './render.ts';

/** An image file that has been read. */
export interface ImageFile {
  /** Size in bytes. */
  readonly size: number;
  /** Size and modification time as they were, for the ledger. */
  readonly stamp: string;
  /** The whole file in the kernel's memory, where it was wanted there and fits. Valid until the next image. */
  readonly inKernel?: Uint8Array;
  /** The file for sharp, read when it is asked for. */
  source(): Source;
}

/** Up to this size a file is read whole, which is quicker; a larger one is left to sharp to read piece by piece. */
const readWholeUpTo = 32 * 1024 * 1024;
/** A JPEG file beyond this is for sharp: the kernel would have to hold all of it. */
const kernelUpTo = 64 * 1024 * 1024;

/**
 * Opens an image file and reads it once, straight to where it is worked on.
 * @throws ItemError when it is not there, not a file, empty or not readable.
 */
export function openImage<Value>(path: string, forKernel: boolean, use: (file: ImageFile) => Value): Value {
  const { file, stat } = openInput(path);
  try {
    if (stat.size === 0) throw new ItemError('EMPTY_FILE', `${path} is empty.`);
    const inKernel =
      forKernel && stat.size <= kernelUpTo ? attemptRead(path, () => readInto(file, stat.size)) : undefined;
    const length = inKernel?.length;
    return use({
      size: stat.size,
      stamp: stampOf(stat),
      ...(inKernel && { inKernel }),
      source: () => {
        // sharp works on after this call: the kernel's memory may hold another image by then.
        // Asked for anew: where the kernel's memory grew before it refused, the view from before is detached.
        const held = length !== undefined && kernel.file();
        if (held) return Buffer.from(held.subarray(0, length));
        return stat.size > readWholeUpTo ? path : attemptRead(path, () => readFileSync(file));
      },
    });
  } finally {
    closeSync(file);
  }
}

function readInto(file: number, size: number): Uint8Array | undefined {
  const place = kernel.input(size);
  if (!place) return undefined;
  let read = 0;
  while (read < size) {
    const bytes = readSync(file, place, read, size - read, null);
    if (bytes === 0) break;
    read += bytes;
  }
  return place.subarray(0, read);
}

/** Reads, and puts what the system says into a code and a sentence. */
export function attemptRead<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof ItemError ? error : systemItemError(error, path, 'read');
  }
}
