import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The packages (`name@version`) that a THIRD-PARTY-NOTICES.txt names: they head each text, one a line. */
export function packagesInNotices(text: string): Set<string> {
  const [, ...parts] = text.split(`\n${'='.repeat(80)}\n`);
  const heads = parts.flatMap((part) => part.trimStart().split('\n\n', 1)[0]?.split('\n') ?? []);
  return new Set(
    heads.map((line) => {
      const [, name, version] = /^(\S+) (\S+) \(.+\)$/.exec(line) ?? [];
      if (name === undefined) throw new Error(`The notices have a line that names no package: ${line}`);
      return `${name}@${version}`;
    }),
  );
}

/** The packages that lie in a folder as npm would install them. */
export function packagesInFolder(folder: string): Set<string> {
  const manifests = globSync(
    ['node_modules/*/package.json', 'node_modules/@*/*/package.json'].flatMap((pattern) => [
      pattern,
      `**/${pattern}`,
    ]),
    { cwd: folder },
  );
  const packages = new Set<string>();
  for (const manifest of manifests) {
    const { name, version } = JSON.parse(readFileSync(join(folder, manifest), 'utf8'));
    if (name !== undefined && version !== undefined) packages.add(`${name}@${version}`);
  }
  return packages;
}
