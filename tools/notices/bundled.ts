import { sep } from 'node:path';
import type { Plugin } from 'vite';
import type { Notice } from '../../src/shared/ipc/notices.ts';
import { noticeOf } from './notices.ts';

/** Modules of ours that are generated from packages. */
const generatedFrom: readonly (readonly [RegExp, ...string[]])[] = [
  [/\/src\/codecs\/webp\/\w+-binary\.ts$/, '@jsquash/webp'],
  [/\/src\/codecs\/(jpeg|png)\/\w+-binary\.ts$/, 'assemblyscript'],
  [/\/sets\/gallery\/page-binary\.ts$/, 'photoswipe', 'thumbhash'],
  [/\/sets\/contact-sheet\/fonts-binary\.ts$/, '@fontsource/noto-sans'],
];

/** Takes down the folders of the packages of which something is in a bundle, after what is not used has been left out. */
export function takeDownPackages(root: string, into: Set<string>): Plugin {
  return {
    name: 'shoal:take-down-packages',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(file.modules)) {
          if (renderedLength === 0) continue;
          for (const folder of packagesOf(id.replaceAll(sep, '/'), root)) into.add(folder);
        }
      }
    },
  };
}

function packagesOf(id: string, root: string): string[] {
  const installed = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
  if (installed !== undefined) return [installed];
  const [, ...names] = generatedFrom.find(([pattern]) => pattern.test(id)) ?? [];
  return names.map((name) => `${root}/node_modules/${name}`);
}

/** What has to travel with copies of the packages in these folders. */
export function bundledNotices(folders: ReadonlySet<string>): Notice[] {
  const of = ({ name, version }: Notice) => `${name} ${version}`;
  const notices = new Map(
    [...folders].map((folder) => noticeOf(folder)).map((notice) => [of(notice), notice]),
  );
  return [...notices.values()].sort((a, b) => (of(a) < of(b) ? -1 : 1));
}

/** As a text: the same licence is there once, behind all that have it. */
export function noticesText(notices: readonly Notice[]): string {
  const byText = Map.groupBy(notices, ({ text }) => text);
  const parts = [...byText].map(([text, those]) => {
    const names = those.map(({ name, version, license }) => `${name} ${version} (${license})`);
    return `${names.join('\n')}\n\n${text}\n`;
  });
  return [opening, ...parts].join(`\n${'='.repeat(80)}\n\n`);
}

const opening = `This package contains code of the packages below, in dist/. Its dependencies are not in it: they have their own
licences. The source of what is under the MPL-2.0 (exifreader) is unchanged: npm has it under the name and version given.
`;
