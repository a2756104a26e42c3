import { idOf, packagesOf } from '../packages.ts';
import type { DistCheck } from '../tree.ts';

/** Small ones that packages outside of the bundles ask for, and bundled ones as well, each in a version of its own or not. */
const mayBeTwice: ReadonlySet<string> = new Set(['detect-libc', 'semver']);

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
