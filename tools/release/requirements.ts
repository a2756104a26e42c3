import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { manifestOf } from '../package/manifest.ts';
import { notesOf, unreleasedOf } from './change-notes.ts';
import { placeholdersIn } from './placeholders.ts';
import { versionOfTag } from './version.ts';

export interface Requirement {
  readonly name: string;
  /** What has to be done; undefined if it is met. */
  readonly missing: string | undefined;
}

/** What a release needs of a checkout. Without a tag: of the one that package.json's version would get. */
export function requirementsOf(root: string, tag?: string): Requirement[] {
  const manifest = manifestOf(root);
  const { version } = manifest;
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  return [
    met('the tag is the version of package.json', () => versionOfTag(tag ?? `v${version}`, version)),
    met('package-lock.json has that version, too', () => {
      const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
      if (lock.version === version && lock.packages[''].version === version) return;
      throw new Error(`package-lock.json has ${lock.version}: npm install --package-lock-only`);
    }),
    met('CHANGELOG.md has a section for it, with a date', () => notesOf(changelog, version)),
    met('nothing in CHANGELOG.md is left unreleased', () => {
      if (unreleasedOf(changelog) !== '') throw new Error(`Move what is under "Unreleased" to ${version}.`);
    }),
    met('the addresses in package.json are real', () => {
      const fields = placeholdersIn(manifest);
      if (fields.length > 0) throw new Error(`${fields.join(', ')}: write the address of the repository.`);
    }),
    met('so are those elsewhere, and the name that systems know the app by', () => {
      const files = filesOf(root, '{docs/install.md,resources/{builder,linux}/**}').filter(({ text }) =>
        text.includes('placeholder'),
      );
      if (files.length === 0) return;
      throw new Error(
        `${files.map(({ file }) => file).join(', ')}: write the repository and its owner there.`,
      );
    }),
    met('software centres are told of it', () => {
      for (const { file, text } of filesOf(root, 'resources/linux/*.metainfo.xml')) {
        if (text.includes(`<release version="${version}"`)) continue;
        throw new Error(`${file} has no release ${version}: node tools/linux/write-files.ts`);
      }
    }),
    met('all is committed', () => {
      const changed = git(root, 'status', '--porcelain');
      if (changed !== '') throw new Error(`git status: ${changed.replaceAll('\n', ', ')}`);
    }),
    met('the tag is not taken by another commit', () => {
      const name = `v${version}`;
      if (git(root, 'tag', '--list', name) === '') return;
      if (git(root, 'rev-list', '-1', name) === git(root, 'rev-parse', 'HEAD')) return;
      throw new Error(`${name} is another commit: take the next version.`);
    }),
  ];
}

function met(name: string, check: () => unknown): Requirement {
  try {
    check();
    return { name, missing: undefined };
  } catch (error) {
    return { name, missing: error instanceof Error ? error.message : String(error) };
  }
}

function filesOf(root: string, pattern: string): { file: string; text: string }[] {
  const entries = globSync(pattern, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => ({
    file: relative(root, join(parentPath, name)).replaceAll('\\', '/'),
    text: readFileSync(join(parentPath, name), 'utf8'),
  }));
}

function git(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}
