import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '../../../src/shared/ipc/notices.ts';
import { idOf, packagesOf } from '../packages.ts';
import type { DistCheck } from '../tree.ts';

/** Electron's own, ours, and those of what is bundled into the command line, which its build writes. */
const files = [
  'LICENSE.electron.txt',
  'LICENSES.chromium.html',
  'resources/LICENSE',
  'resources/app.asar.unpacked/cli/dist/THIRD-PARTY-NOTICES.txt',
];

/** The app has the licence of all that is in it: of packages in folders of their own, of what is bundled, and Electron's. */
export const check: DistCheck = {
  name: 'notices',
  async run({ root, packed, extracted }) {
    const notices = JSON.parse(readFileSync(join(extracted, 'out/notices.json'), 'utf8')) as Notice[];
    const told = new Set(notices.filter(({ text }) => text !== '').map(idOf));
    const contained = packagesOf(root, extracted).map(idOf);
    const missing = new Set(contained.filter((id) => !told.has(id)));
    if (missing.size > 0) throw new Error(`no notice of ${[...missing].join(', ')}`);
    for (const file of files) {
      if (!existsSync(join(packed, file))) throw new Error(`${file} is missing`);
    }
    return undefined;
  },
};
