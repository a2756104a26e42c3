import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.ts';

export interface Installed {
  readonly packages: number;
  /** In millions of bytes, of the files. */
  readonly megabytes: number;
  readonly seconds: number;
}

/** Installs a packed package in an empty project. @throws if npm has anything to warn of. */
export async function install(tarball: string, project: string): Promise<Installed> {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true }));
  const from = performance.now();
  const { output, remarks } = await npm(['install', tarball], project);
  const seconds = Math.round((performance.now() - from) / 100) / 10;
  if (/warn|deprecated/i.test(output + remarks)) throw new Error(output + remarks);
  await npm(['ls', '--all'], project);
  const [, packages = ''] = /added (\d+) package/.exec(output) ?? [];
  const bytes = sizeOf(join(project, 'node_modules'));
  return { packages: Number(packages), megabytes: Math.round(bytes / 1e6), seconds };
}

export function sizeOf(path: string): number {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
