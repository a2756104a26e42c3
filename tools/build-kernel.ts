/**
 * Compiles the JPEG and the PNG codec and writes each down as a TypeScript module, so that type checking, bundlers and
 * tests load it as they load any other module, with no path to find at run time. The modules of libwebp are written down
 * in the same way. What has not changed is left as it is.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOfFiles } from './hash-of-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const codecs = fileURLToPath(new URL('../src/codecs/', import.meta.url));
const made = await mkdtemp(join(tmpdir(), 'shoal-kernel-'));
try {
  for (const codec of ['jpeg', 'png']) await compile(codec);
  await writeDown('decoder', 'dec/webp_dec.wasm');
  await writeDown('encoder', 'enc/webp_enc_simd.wasm');
} finally {
  await rm(made, { recursive: true, force: true });
}

/** The folder is the one that has `assembly/` and an `asconfig.json`. */
async function compile(folder: string): Promise<void> {
  const target = join(codecs, folder, 'kernel-binary.ts');
  const sources = relative(root, join(codecs, folder));
  const hash = hashOfFiles(root, [
    `${sources}/assembly`,
    'src/codecs/common/assembly',
    `${sources}/asconfig.json`,
    'package-lock.json',
  ]);
  const sourceLine = `/** Made by \`npm run build:kernel\` from assembly/. Not committed. Sources: ${hash} */`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(sourceLine)) return;
  const { main } = await import('assemblyscript/asc');
  const binary = join(made, `${folder}.wasm`);
  const config = join(codecs, folder, 'asconfig.json');
  const { error, stderr } = await main(['--baseDir', codecs, '--config', config, '--outFile', binary]);
  if (error) {
    process.stderr.write(`${stderr.toString()}\n`);
    throw error;
  }
  const bytes = await readFile(binary);
  await writeModule(target, sourceLine, 'kernelBase64', bytes);
}

/** libwebp as @jsquash/webp has it. */
async function writeDown(name: 'decoder' | 'encoder', file: string): Promise<void> {
  const target = join(codecs, 'webp', `${name}-binary.ts`);
  const source = `node_modules/@jsquash/webp/codec/${file}`;
  const sourceLine = `/** Made by \`npm run build:kernel\` of ${file}. Not committed. Source: ${hashOfFiles(root, [source])} */`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(sourceLine)) return;
  await writeModule(target, sourceLine, `${name}Base64`, await readFile(join(root, source)));
}

async function writeModule(target: string, firstLine: string, name: string, binary: Buffer): Promise<void> {
  await writeFile(target, `${firstLine}\nexport const ${name} =\n  '${binary.toString('base64')}';\n`);
  process.stdout.write(`${relative(root, target)}: ${binary.length} bytes of WebAssembly\n`);
}
