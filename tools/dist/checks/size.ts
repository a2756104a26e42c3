import { join } from 'node:path';
import { mostMegabytes, refuseTooLarge } from '../budget.ts';
import type { DistCheck } from '../tree.ts';

/** What we add to Electron is to stay small beside it. */
export const check: DistCheck = {
  name: 'size',
  async run({ packed }) {
    refuseTooLarge(join(packed, 'resources'), mostMegabytes.linux);
    return undefined;
  },
};
