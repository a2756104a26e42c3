import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError } from '../../../shared/failure.ts';
import type { FetchRequest, UrlInput } from '../../../shared/requests.ts';
import { isS3Address, s3Object } from '../places/s3-address.ts';
import { S3Place } from '../places/s3-place.ts';

/** The request with copies of the lists that lie in an object storage. @throws UsageError if one cannot be had. */
export async function listsFromStorage(request: FetchRequest, folder: string): Promise<FetchRequest> {
  const inputs: UrlInput[] = [];
  for (const [index, input] of request.inputs.entries())
    inputs.push(await localInput(input, join(folder, `list-${index}`)));
  return { ...request, inputs };
}

async function localInput(input: UrlInput, folder: string): Promise<UrlInput> {
  if (input.kind === 'argument' && isS3Address(input.value))
    return { ...input, value: await copied(input.value, folder) };
  if (input.kind === 'report' && isS3Address(input.path))
    return { ...input, path: await copied(input.path, folder) };
  return input;
}

/** @returns the copy, which has the list's name: messages tell it, and the format is known by it. */
async function copied(url: string, folder: string): Promise<string> {
  const { bucket, key } = s3Object(url);
  const name = basename(key);
  if (name === '' || name === '..')
    throw new UsageError(`Expected a list, got ${JSON.stringify(url)}: it names no object.`);
  const place = await S3Place.open(`s3://${bucket}`);
  try {
    mkdirSync(folder);
    const file = join(folder, name);
    await place.fetch(key, file);
    return file;
  } catch (error) {
    throw new UsageError(
      `The list cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      { cause: error },
    );
  } finally {
    await place.close();
  }
}
