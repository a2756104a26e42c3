import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { ItemError } from '../../../../shared/failure.ts';
import { PartFile } from '../../../files/parts/part-file.ts';
import { holdsDigest } from '../../../files/same-bytes.ts';
import { systemItemError } from '../../../files/system-error.ts';

/** Pieces are written together once they are so long, in characters. */
const atOnce = 256 * 1024;

/**
 * Writes a text that does not fit into memory, so that nobody ever sees a part of it. A file that has the same text is left
 * as it is.
 * @throws ItemError with the path that the person knows.
 */
export async function writePieces(
  file: string,
  pieces: AsyncIterable<string>,
  durable: boolean,
): Promise<void> {
  let part: PartFile | undefined;
  try {
    part = PartFile.create(dirname(file), { durable });
    part.keepFresh();
    const hash = createHash('sha256');
    let text = '';
    for await (const piece of pieces) {
      text += piece;
      if (text.length < atOnce) continue;
      append(part, hash, text);
      text = '';
    }
    append(part, hash, text);
    if (holdsDigest(file, part.bytes, hash.digest('hex'))) part.discard();
    else part.replace(file);
  } catch (error) {
    part?.discard();
    throw error instanceof ItemError ? error : systemItemError(error, file, 'write');
  }
}

function append(part: PartFile, hash: ReturnType<typeof createHash>, text: string): void {
  const bytes = Buffer.from(text);
  hash.update(bytes);
  part.append(bytes);
}
