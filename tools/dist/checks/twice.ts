import { idOf, packagesOf } from '../packages.ts';
import type { DistCheck } from '../tree.ts';

/** Small ones, which packages ask for in several versions, or that are bundled for some and beside the bundles for sharp. */
const mayBeTwice: ReadonlySet<string> = new Set(['base64-js', 'detect-libc', 'semver']);

/** No package is in the app twice, in a folder and in a bundle or in two versions, unless that is known. */
export const check: DistCheck = {
  name: 'twice',
  async run({ root, extracted }) {
    const byName = Map.groupBy(packagesOf(root, extracted), ({ name }) => name);
    const twice = [...byName].filter(([name, those]) => those.length > 1 && !mayBeTwice.has(name));
    if (twice.length === 0) return undefined;
    throw new Error(twice.map(([, those]) => those.map(idOf).join(' and ')).join(', '));
  },
};
