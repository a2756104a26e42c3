import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { digestOf } from './sums.ts';

/** What electron-builder writes beside installers (`latest.yml`, `latest-mac.yml` …), and installed apps ask for. */
const fileSchema = z.looseObject({ url: z.string(), sha512: z.string(), size: z.int().optional() });
const metadataSchema = z.looseObject({
  version: z.string(),
  files: z.array(fileSchema).min(1),
  path: z.string().optional(),
  sha512: z.string().optional(),
  releaseDate: z.string().optional(),
});
type UpdateMetadata = z.infer<typeof metadataSchema>;

export const isUpdateMetadata = (name: string): boolean => /^[a-z]+(-(mac|linux)(-\w+)?)?\.yml$/.test(name);

/** One feed for several architectures of a system: each was built by itself, and wrote a file of the same name. */
export function mergeUpdateMetadata(texts: readonly string[]): string {
  const [first, ...others] = texts.map(read);
  if (first === undefined) throw new Error('There is no metadata of updates.');
  const files = new Map<string, z.infer<typeof fileSchema>>();
  for (const { version, files: those } of [first, ...others]) {
    if (version !== first.version) {
      throw new Error(`Metadata of updates is of ${first.version} and of ${version}.`);
    }
    for (const file of those) {
      const known = files.get(file.url);
      if (known !== undefined && known.sha512 !== file.sha512) {
        throw new Error(`Metadata of updates has two files ${file.url}.`);
      }
      files.set(file.url, file);
    }
  }
  const dates = [first, ...others].flatMap(({ releaseDate }) => releaseDate ?? []).sort();
  return stringify({
    ...first,
    files: [...files.values()],
    ...(dates.length > 0 && { releaseDate: dates.at(-1) }),
  });
}

/** @throws unless the metadata is of this version, and its files lie in the folder and are what it says. */
export async function checkUpdateMetadata(text: string, folder: string, version: string): Promise<void> {
  const metadata = read(text);
  if (metadata.version !== version) {
    throw new Error(`Metadata of updates is of ${metadata.version}, and not of ${version}.`);
  }
  for (const { url, sha512, size } of [...metadata.files, ...oldFields(metadata)]) {
    const path = join(folder, url);
    if (!/^[\w.-]+$/.test(url) || !existsSync(path)) {
      throw new Error(`Metadata of updates names ${url}, which is not there.`);
    }
    if (size !== undefined && statSync(path).size !== size) {
      throw new Error(`${url} has not the size that the metadata of updates says.`);
    }
    if ((await digestOf(path, 'sha512', 'base64')) !== sha512) {
      throw new Error(`${url} has not the SHA-512 that the metadata of updates says.`);
    }
  }
}

/** Apps of electron-builder's older versions read `path` and `sha512` alone. */
function oldFields({ path, sha512 }: UpdateMetadata): { url: string; sha512: string; size?: number }[] {
  return path === undefined || sha512 === undefined ? [] : [{ url: path, sha512 }];
}

function read(text: string): UpdateMetadata {
  const metadata = metadataSchema.safeParse(parse(text));
  if (!metadata.success) {
    throw new Error(`Metadata of updates cannot be read: ${z.prettifyError(metadata.error)}`);
  }
  return metadata.data;
}
