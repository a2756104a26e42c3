import { execFileSync } from 'node:child_process';

/** What is used here of CycloneDX 1.5, as npm writes it. */
export interface Component {
  readonly 'bom-ref': string;
  readonly type: string;
  readonly name: string;
  readonly version?: string;
  readonly scope?: 'required' | 'optional' | 'excluded';
  readonly purl?: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
  readonly components?: readonly Component[];
  readonly [field: string]: unknown;
}

export interface Bom {
  readonly metadata: { readonly component: Component; readonly [field: string]: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly [field: string]: unknown;
}

/** All that package-lock.json has, what is for other systems and what is for the checkout alone too, with hashes and licences. */
export function bomOfLock(root: string): Bom {
  const npm = process.env.npm_execpath;
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const text =
    npm === undefined
      ? execFileSync('npm', args, { ...options, shell: process.platform === 'win32' })
      : execFileSync(process.execPath, [npm, ...args], options);
  return JSON.parse(text) as Bom;
}
