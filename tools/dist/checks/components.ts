import { bomOfApp } from '../../release/sbom/boms.ts';
import { packagesInFolder } from '../../release/sbom/packages-of.ts';
import { nameOf } from '../../release/sbom/shipped-bom.ts';
import { faultsOf } from '../../release/sbom/validate.ts';
import type { DistCheck } from '../tree.ts';

/** The list of components that a release has of what was packed (docs/releasing.md). */
export const check: DistCheck = {
  name: 'components',
  async run({ root, extracted }) {
    const packed = packagesInFolder(extracted);
    if (packed.size === 0)
      throw new Error('No package lies in the packed app: the list would lack all of them.');
    const bom = bomOfApp(root, extracted);
    const named = new Set(bom.components.map(nameOf));
    const missing = [...packed].filter((name) => !named.has(name));
    if (missing.length > 0) throw new Error(`the list of components lacks ${missing.join(', ')}`);
    const faults = await faultsOf(bom);
    if (faults !== undefined) throw new Error(`the list of components is not CycloneDX: ${faults}`);
    return undefined;
  },
};
