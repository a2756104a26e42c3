import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { licencesAllowed } from '../notices/licences.ts';
import { asCommonJs } from './check-example.ts';
import { manifestOf } from './manifest.ts';
import { restoreManifest, trimManifest } from './trim-manifest.ts';

const root = join(import.meta.dirname, '../..');
const manifest = manifestOf(root);
const work = mkdtempSync(join(tmpdir(), 'shoal-package-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** What a program prints, and how it ends, that takes this Node for another version. */
function onNode(version: string, ...args: string[]): { readonly said: string; readonly code: number } {
  const preload = join(work, `node-${version}.cjs`);
  const versions = `{ ...process.versions, node: '${version}' }`;
  writeFileSync(preload, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
  try {
    const said = execFileSync(process.execPath, ['--require', preload, ...args], {
      cwd: work,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { said, code: 0 };
  } catch (error) {
    const { stderr, stdout, status } = error as { stderr: string; stdout: string; status: number };
    return { said: stdout + stderr, code: status };
  }
}

describe('the library', () => {
  const names = () => {
    const source = readFileSync(join(root, 'src/engine/index.ts'), 'utf8');
    const listed = [...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list = '']) => list.split(','));
    const declared = [...source.matchAll(/^export (?:async )?(?:function\*?|class|const) (\w+)/gm)];
    return [...listed.map((name) => name.trim()), ...declared.map(([, name = '']) => name)]
      .filter((name) => name !== '' && !name.startsWith('type '))
      .sort();
  };

  it('exports its documented names and nothing else, to those who import and those who require', () => {
    const of = (...args: string[]) =>
      JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })) as string[];
    const asModule = of(
      '-e',
      "import('shoal').then((shoal) => console.log(JSON.stringify(Object.keys(shoal))))",
    );
    const asScript = of('-e', "console.log(JSON.stringify(Object.keys(require('shoal'))))");
    expect(names()).toContain('mapStream');
    expect(asScript.sort()).toEqual(names());
    // Node gives every CommonJS module these two beside.
    const ofNode = ['default', 'module.exports'];
    expect(asModule.filter((name) => !ofNode.includes(name)).sort()).toEqual(names());
  });

  it('says in a sentence which Node it needs', () => {
    for (const version of ['18.20.0', '22.21.1']) {
      const { said } = onNode(version, '-e', `require(${JSON.stringify(root)})`);
      expect(said).toContain(`shoal needs Node 22.22 or newer; this is Node ${version}.`);
      expect(said).not.toMatch(/ERR_|Cannot find/);
    }
  });

  it('has types that need none but Node’s, and tell nothing of what is within', () => {
    const types = readFileSync(join(root, 'dist/index.d.cts'), 'utf8');
    expect(types.match(/^import .* from "(?!node:).*/gm) ?? []).toEqual([]);
    expect(types).not.toMatch(/\bz\.|zod|Schema\b|WasmLibrary/);
    expect(types).toMatch(/type ThumbnailSettings = \{\n {2}box\?: /);
  });
});

describe('the command', () => {
  const hoisted = join(work, 'hoisted/node_modules');
  cpSync(join(root, 'bin'), join(hoisted, 'shoal/bin'), { recursive: true });
  const shoal = join(hoisted, 'shoal/bin/shoal.cjs');

  it('says how to run it where Node is too old', () => {
    const { said, code } = onNode('20.11.0', shoal, '--version');
    expect(said).toBe(
      'shoal needs Node 22.22 or newer; this is Node 20.11.0. Or run it by: npx -p node@24 -p shoal shoal …\n',
    );
    expect(code).toBe(2);
  });

  it.skipIf(process.platform === 'win32')('then uses the package `node`, wherever npm has put it', () => {
    const node = join(hoisted, 'node');
    mkdirSync(join(node, 'bin'), { recursive: true });
    writeFileSync(join(node, 'bin/node'), '#!/bin/sh\nshift\necho "another Node, with $*"\n');
    chmodSync(join(node, 'bin/node'), 0o755);
    const of = (version: string) => writeFileSync(join(node, 'package.json'), JSON.stringify({ version }));
    of('24.1.0');
    expect(onNode('20.11.0', shoal, 'thumbs', 'photos').said).toBe('another Node, with thumbs photos\n');
    of('22.1.0');
    expect(onNode('20.11.0', shoal).code).toBe(2);
  });

  it('needs the Node that npm is told of', () => {
    expect(manifest.engines.node).toBe('>=22.22');
  });
});

describe('the package', () => {
  const chunks = globSync('dist/*.cjs', { cwd: root });

  it('depends on what is not bundled, and on nothing else', () => {
    const needed = chunks.flatMap((file) => {
      const code = readFileSync(join(root, file), 'utf8');
      return [...code.matchAll(/\brequire\("([^"]+)"\)|\bimport\("([^"]+)"\)/g)].map(
        ([, a, b]) => a ?? b ?? '',
      );
    });
    const packages = needed
      .filter((name) => !name.startsWith('.') && !isBuiltin(name))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    expect(chunks.length).toBeGreaterThan(50);
    expect([...new Set(packages)].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it('carries a notice of each package of which it has code, and of no other', () => {
    const text = readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    const told = [...text.matchAll(/^(\S+ \d\S*) \((.+)\)$/gm)];
    const bundled = globSync('dist/*.map', { cwd: root }).flatMap((file) => {
      const { sources } = JSON.parse(readFileSync(join(root, file), 'utf8')) as { sources: string[] };
      return sources.flatMap((source) => /.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(source)?.[0] ?? []);
    });
    const versions = [...new Set(bundled)].map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(root, 'dist', folder, 'package.json'), 'utf8'));
      return `${name} ${version}`;
    });
    const generated = ['assemblyscript', 'photoswipe', '@fontsource/noto-sans'];
    const names = told
      .map(([, name = '']) => name)
      .filter((name) => !generated.includes(name.split(' ')[0] ?? ''));
    expect(names.sort()).toEqual([...new Set(versions)].sort());
    expect(told.filter(([, , licence = '']) => !licencesAllowed.test(licence)).map(([line]) => line)).toEqual(
      [],
    );
  });

  it('says where it is from in one place', () => {
    const address = manifest.repository.url.replace(/^git\+|\.git$/g, '');
    expect(manifest).toMatchObject({
      homepage: `${address}#readme`,
      bugs: `${address}/issues`,
      main: 'dist/index.cjs',
    });
  });

  it('is packed without what only a checkout needs, and the checkout is as it was afterwards', () => {
    const checkout = join(work, 'checkout');
    mkdirSync(checkout);
    cpSync(join(root, 'package.json'), join(checkout, 'package.json'));
    trimManifest(checkout);
    expect(Object.keys(manifestOf(checkout))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(scripts|devDependencies|allowScripts|overrides)$/)]),
    );
    expect(manifestOf(checkout)).toMatchObject({ name: 'shoal', dependencies: manifest.dependencies });
    restoreManifest(checkout);
    expect(readFileSync(join(checkout, 'package.json'), 'utf8')).toBe(
      readFileSync(join(root, 'package.json'), 'utf8'),
    );
  });
});

it('turns an example into CommonJS', () => {
  expect(
    asCommonJs("import { map } from 'shoal';\nawait map(new URL('./a.mjs', import.meta.url), []);\n"),
  ).toBe(
    `(async () => {
const { map } = require('shoal');
await map(new URL('./a.mjs', require('node:url').pathToFileURL(__filename)), []);
})();
`,
  );
});
