import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../../../../test/temp-folder.ts';
import { hasOtherSources } from './system-names.ts';

it.each([
  ['linux', 'hosts: files dns\n', false],
  ['linux', 'hosts: files mymachines dns # local\n', true],
  ['linux', '', false],
  ['darwin', 'hosts: files dns\n', true],
  ['win32', 'hosts: files dns\n', true],
] as const)(
  'on %s, with %j, names may come from elsewhere than name servers: %s',
  (platform, text, expected) => {
    const path = join(tempFolder(), 'nsswitch.conf');
    writeFileSync(path, text);
    expect(hasOtherSources(path, platform)).toBe(expected);
  },
);
