/**
 * node tools/release/write-sbom.ts FILE [FOLDER]: what npm's package is made of, or, with the folder that the window is packed from,
 * what that is made of, as CycloneDX.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bomOfApp, bomOfPackage } from './sbom/boms.ts';
import { faultsOf } from './sbom/validate.ts';

const [file, app] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: node tools/release/write-sbom.ts FILE [FOLDER]');
  process.exit(2);
}
const root = join(import.meta.dirname, '../..');
const bom = app === undefined ? bomOfPackage(root) : bomOfApp(root, app);
const faults = await faultsOf(bom);
if (faults !== undefined) throw new Error(`The list of components is not CycloneDX:\n${faults}`);
writeFileSync(file, `${JSON.stringify(bom, undefined, 2)}\n`);
console.log(`${file}: ${bom.components.length} components`);
