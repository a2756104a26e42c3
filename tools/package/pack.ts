import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestOf, packedManifest } from './manifest.ts';
import { npm } from './npm.ts';

export interface Packed {
  readonly tarball: string;
  /** In bytes. */
  readonly size: number;
  readonly unpackedSize: number;
  /** Their paths in the package. */
  readonly files: readonly string[];
}

interface PackOfNpm {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** The files of a checkout that can be in the package. */
const sources = ['bin', 'dist', 'docs', 'man', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/** Packs what is built, as `npm pack` does, beside the checkout and not in it. */
export async function pack(root: string, work: string): Promise<Packed> {
  const stage = join(work, 'stage');
  mkdirSync(stage, { recursive: true });
  for (const name of sources) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(stage, name), { recursive: true });
  }
  writeFileSync(join(stage, 'package.json'), JSON.stringify(packedManifest(manifestOf(root)), null, 2));
  const { output } = await npm(['pack', '--json', '--pack-destination', work], stage);
  const [told] = Object.values(JSON.parse(output)) as [PackOfNpm];
  return {
    tarball: join(work, told.filename),
    size: told.size,
    unpackedSize: told.unpackedSize,
    files: told.files.map(({ path }) => path),
  };
}
