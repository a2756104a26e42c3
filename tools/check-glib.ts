/**
 * `npm run check:glib`: sharp beside the system's GLib, as in Electron on Linux, which links it (electron#46323,
 * sharp#4522). Plain Node with that GLib preloaded is the same without an Electron: the pool is run in it with
 * sharp's WebAssembly build, which has to be quiet and right, and with the native one, which has to be neither
 * quiet nor, mostly, alive: without that counter-proof a quiet run would prove nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const libraries = ['libglib-2.0.so.0', 'libgobject-2.0.so.0', 'libgio-2.0.so.0'];
const folders = [
  ...['x86_64', 'aarch64', 'arm', 'riscv64', 'powerpc64le', 's390x'].flatMap((machine) =>
    ['gnu', 'gnueabihf'].map((abi) => `/usr/lib/${machine}-linux-${abi}`),
  ),
  '/usr/lib64',
  '/usr/lib',
];
const runner = fileURLToPath(new URL('check-glib/run-pool.ts', import.meta.url));

if (process.platform !== 'linux') skip('only Linux has two GLibs to bring together');
const preloaded = findLibraries() ?? installLibraries();
if (preloaded === undefined) skip('libglib2.0-0 is not installed, and only root can install it');
const scratch = mkdtempSync(join(tmpdir(), 'shoal-glib-'));
try {
  process.exitCode = check(preloaded);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function check(preload: string): number {
  const images = join(scratch, 'images');
  const plain = run('native', '', images);
  const wasm = run('wasm', preload, images);
  const native = run('native', preload, images);
  const expectations: [string, boolean][] = [
    ['native sharp without the preload is right and quiet', plain.right && plain.complaints === 0],
    [
      'WebAssembly sharp beside the system GLib makes the same thumbnails',
      wasm.right && sameFiles(plain, wasm),
    ],
    [
      `… and is quiet (${wasm.complaints} complaints of GLib)`,
      wasm.complaints === 0 && wasm.otherOutput === '',
    ],
    ['… and never loads the native build', wasm.nativeLoaded === false],
    [
      `counter-proof: native sharp there does not (${native.complaints} complaints, ${native.end})`,
      native.complaints > 100 || !native.right,
    ],
  ];
  for (const [what, holds] of expectations) console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
  if (wasm.otherOutput !== '') console.log(wasm.otherOutput);
  return expectations.every(([, holds]) => holds) ? 0 : 1;
}

interface Outcome {
  readonly right: boolean;
  readonly complaints: number;
  readonly otherOutput: string;
  readonly nativeLoaded: boolean | undefined;
  readonly end: string;
  readonly output: string;
}

function run(build: 'native' | 'wasm', preload: string, images: string): Outcome {
  const output = join(scratch, `${build}${preload === '' ? '' : '-preloaded'}`);
  const { NODE_OPTIONS: _options, ...clean } = process.env;
  const env = { ...clean, ...(preload !== '' && { LD_PRELOAD: preload }) };
  const child = spawnSync(process.execPath, [runner, build, images, output], {
    env,
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 256 * 1024 * 1024,
  });
  const lines = child.stderr.split('\n').filter((line) => line.trim() !== '');
  const isComplaint = (line: string) => /GLib|GObject|VIPS-(?:WARNING|CRITICAL)/.test(line);
  const told = /^\{.*\}$/m.exec(child.stdout)?.[0] ?? '{}';
  const { done, nativeLoaded } = JSON.parse(told) as { done?: number; nativeLoaded?: boolean };
  return {
    right: child.status === 0 && done === 12,
    complaints: lines.filter(isComplaint).length,
    otherOutput: lines.filter((line) => !isComplaint(line)).join('\n'),
    nativeLoaded,
    end: child.signal === null ? `ended with ${child.status}` : `died of ${child.signal}`,
    output,
  };
}

/** The formats that are written without loss are the same to the byte when both builds do the same. */
function sameFiles(one: Outcome, other: Outcome): boolean {
  const names = readdirSync(one.output);
  return (
    names.length === 12 &&
    names.every((name) => {
      const [a, b] = [join(one.output, name), join(other.output, name)];
      if (!existsSync(b)) return false;
      return !name.endsWith('.png') || pixels(a).equals(pixels(b));
    })
  );
}

/** The image's own chunks: how well they are packed may differ between two builds of zlib, what they hold may not. */
function pixels(path: string): Buffer {
  const decoder = fileURLToPath(new URL('check-glib/pixels.ts', import.meta.url));
  return Buffer.from(spawnSync(process.execPath, [decoder, path], { maxBuffer: 64 * 1024 * 1024 }).stdout);
}

function findLibraries(): string | undefined {
  const found = libraries.map((name) =>
    folders.map((folder) => join(folder, name)).find((path) => existsSync(path)),
  );
  return found.every((path) => path !== undefined) ? found.join(' ') : undefined;
}

function installLibraries(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  const name = /VERSION_CODENAME=(trixie|forky|noble|plucky)/.test(readFileSync('/etc/os-release', 'utf8'))
    ? 'libglib2.0-0t64'
    : 'libglib2.0-0';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const get = (...args: string[]) =>
    spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], { env, stdio: 'ignore' })
      .status === 0;
  if (!get('install', '-y', name)) {
    get('update');
    get('install', '-y', name);
  }
  return findLibraries();
}

function skip(reason: string): never {
  console.log(`SKIPPED check:glib: ${reason}.`);
  process.exit(0);
}
