import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fuses from '@electron/fuses';
import type { DistCheck } from '../tree.ts';

const { FuseV1Options, getCurrentFuseWire } = fuses;
/** How the wire has it: a character. */
const on = 0x31;
const off = 0x30;

/** As electron-builder names them: `runAsNode` is what @electron/fuses calls `RunAsNode`. */
function optionOf(name: string) {
  const theirs = (name[0] ?? '').toUpperCase() + name.slice(1);
  const option = FuseV1Options[theirs as keyof typeof FuseV1Options];
  if (option === undefined) throw new Error(`resources/fuses.json names ${name}, which is no fuse`);
  return option;
}

export const check: DistCheck = {
  name: 'fuses',
  async run({ root, packed }) {
    const wanted = JSON.parse(readFileSync(join(root, 'resources/fuses.json'), 'utf8')) as Record<
      string,
      boolean
    >;
    const wire = await getCurrentFuseWire(join(packed, 'shoal'));
    const wrong = Object.entries(wanted).filter(([name, isOn]) => wire[optionOf(name)] !== (isOn ? on : off));
    if (wrong.length > 0) {
      throw new Error(
        `these are not in the binary as in resources/fuses.json: ${wrong.map(([name]) => name).join(', ')}`,
      );
    }
    return undefined;
  },
};
