import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly repository: { readonly url: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** What only a checkout needs. npm warns of `prepare` wherever the package is installed from its file. */
const ofTheCheckout = ['scripts', 'devDependencies', 'allowScripts', 'overrides'];

export function manifestOf(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/** package.json as it is in the package. */
export function packedManifest(manifest: Manifest): Manifest {
  return Object.fromEntries(
    Object.entries(manifest).filter(([field]) => !ofTheCheckout.includes(field)),
  ) as Manifest;
}
