import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../../../test/temp-folder.ts';
import { noticesOf } from '../../notices/notices.ts';
import { bomOfApp, bomOfPackage } from './boms.ts';
import { type Bom, bomOfLock } from './cyclonedx.ts';
import { packagesInNotices } from './packages-of.ts';
import { nameOf, shippedBom } from './shipped-bom.ts';
import { toldVersionsOf } from './told-versions.ts';
import { upstreamOf } from './upstream.ts';
import { faultsOf } from './validate.ts';

const root = join(import.meta.dirname, '../../..');
const all = bomOfLock(root);
const namesIn = (bom: Bom) => bom.components.map(nameOf);
const versionOf = (name: string) =>
  JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

test('the list of npm’s package has all that its notices name, and what npm installs beside it on any system', async () => {
  const bom = bomOfPackage(root, all);
  const notices = packagesInNotices(readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8'));
  expect(notices.size).toBeGreaterThan(50);
  expect(namesIn(bom)).toEqual(expect.arrayContaining([...notices]));
  expect(namesIn(bom)).toEqual(
    expect.arrayContaining(['sharp', 'piscina', 'libheif-js'].map((name) => `${name}@${versionOf(name)}`)),
  );
  expect(bom.components.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['@img/sharp-win32-x64', '@img/sharp-darwin-arm64', '@img/sharp-linux-x64']),
  );
  for (const foreign of ['vitest', 'electron', 'react']) {
    expect(bom.components.map(({ name }) => name)).not.toContain(foreign);
  }
  expect(bom.metadata.component).toMatchObject({ type: 'library', name: 'shoal', purl: expect.anything() });
  expect(await faultsOf(bom)).toBeUndefined();
});

test('the list of the window has Electron, what is bundled, and the builds of sharp that were packed alone', async () => {
  const packed = tempFolder();
  const wasm = `@img/sharp-wasm32@${versionOf('@img/sharp-wasm32')}`;
  writeFiles(packed, {
    'node_modules/@img/sharp-wasm32/package.json': readFileSync(
      join(root, 'node_modules/@img/sharp-wasm32/package.json'),
    ),
    'node_modules/sharp/package.json': readFileSync(join(root, 'node_modules/sharp/package.json')),
    'node_modules/sharp/dist/package.json': '{ "type": "commonjs" }',
    'out/notices.json': JSON.stringify(noticesOf(root)),
  });
  const bom = bomOfApp(root, packed, all);
  const names = bom.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['electron', 'react', '@mantine/core', 'undici', 'sharp']));
  expect(namesIn(bom)).toContain(wasm);
  expect(names.filter((name) => /-(linux|darwin|win32)-/.test(name))).toEqual([]);
  expect(names).not.toContain('vitest');
  expect(bom.metadata.component).toMatchObject({ type: 'application', name: 'shoal-window' });
  expect(await faultsOf(bom)).toBeUndefined();
});

test('what is shipped is told as required, with its licence and what its WebAssembly is made of', () => {
  const { components } = bomOfPackage(root, all);
  const pdfium = components.find(({ name }) => name === '@hyzyla/pdfium');
  expect(pdfium).toMatchObject({ scope: 'required', licenses: expect.anything(), hashes: expect.anything() });
  expect(JSON.stringify(pdfium?.properties)).not.toContain('development');
  expect(pdfium?.components?.map(({ name }) => name)).toEqual(expect.arrayContaining(['PDFium', 'FreeType']));
  const heif = components.find(({ name }) => name === 'libheif-js');
  expect(heif?.components?.map(({ name }) => name)).toEqual(['libheif', 'libde265']);
});

test('the versions that sharp tells of what it is built of are in the lists, as those have to know who look for known faults', async () => {
  const told = JSON.parse(readFileSync(join(root, 'node_modules/@img/sharp-wasm32/versions.json'), 'utf8'));
  const packed = tempFolder();
  writeFiles(packed, {
    'node_modules/@img/sharp-wasm32/package.json': JSON.stringify({
      name: '@img/sharp-wasm32',
      version: versionOf('@img/sharp-wasm32'),
    }),
    'node_modules/@img/sharp-wasm32/versions.json': JSON.stringify({ ...told, webp: '0.0.1' }),
    'out/notices.json': '[]',
  });
  const libraries = (bom: Bom) => {
    const { components = [] } = bom.components.find(({ name }) => name === '@img/sharp-wasm32') ?? {};
    return Object.fromEntries(components.map(({ name, version }) => [name, version]));
  };
  const ofPackage = bomOfPackage(root, all);
  expect(libraries(ofPackage)).toEqual(told);
  expect(await faultsOf(ofPackage)).toBeUndefined();
  expect(libraries(bomOfApp(root, packed, all))).toEqual({ ...told, webp: '0.0.1' });
});

test('what another version of a package tells is not taken for it', () => {
  const other = tempFolder();
  writeFiles(other, {
    'node_modules/@img/sharp-wasm32/package.json': '{ "version": "0.0.1" }',
    'node_modules/@img/sharp-wasm32/versions.json': '{ "webp": "0.0.1" }',
  });
  const itself = { 'bom-ref': 'a', type: 'library', name: '@img/sharp-wasm32', version: '0.0.2' };
  expect(toldVersionsOf(itself, [other, tempFolder()])).toEqual([]);
});

test('each upstream that the notices have a text of is in the list under its address', () => {
  const texts = globSync('tools/notices/upstream/*.txt', { cwd: root }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  const addresses = texts.flatMap((text) => /^Its WebAssembly is .*?, ([\w./-]+\w)/.exec(text)?.[1] ?? []);
  expect(addresses.length).toBe(3);
  const packages = ['@cornerstonejs/codec-openjpeg', '@hyzyla/pdfium', '@jsquash/jxl'];
  const listed = JSON.stringify(packages.flatMap((name) => upstreamOf(name, name)));
  expect(addresses.filter((address) => !listed.includes(`https://${address}`))).toEqual([]);
});

test('a package that nobody knows is an error, and no gap in the list', () => {
  const subject = { type: 'library', name: 'shoal', version: '1.0.0' } as const;
  const inside = new Set(['undici@0.0.1', 'sneaky@1.0.0']);
  expect(() => shippedBom(all, { subject, inside })).toThrow('does not have sneaky@1.0.0, undici@0.0.1');
  expect(() => packagesInNotices(`a\n${'='.repeat(80)}\n\nno package\n\ntext`)).toThrow('no package');
});

test('a list that is not CycloneDX is told', async () => {
  const bom = bomOfPackage(root, all);
  expect(await faultsOf({ ...bom, bomFormat: 'other' })).toContain('bomFormat');
});
