/**
 * Compiles the JPEG kernel and writes it down as a TypeScript module, so that type checking, bundlers and tests load
 * it as they load any other module, with no path to find at run time.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const kernel = fileURLToPath(new URL('../src/engine/tasks/thumbnail/kernel/', import.meta.url));
const made = await mkdtemp(join(tmpdir(), 'shoal-kernel-'));
try {
  const binary = join(made, 'kernel.wasm');
  const { error, stderr } = await main([
    '--baseDir',
    kernel,
    '--config',
    join(kernel, 'asconfig.json'),
    '--outFile',
    binary,
  ]);
  if (error) {
    process.stderr.write(`${stderr.toString()}\n`);
    throw error;
  }
  const bytes = await readFile(binary);
  await writeFile(
    join(kernel, 'kernel-binary.ts'),
    `/** Made by \`npm run build:kernel\` from assembly/. Not committed. */\nexport const kernelBase64 =\n  '${bytes.toString('base64')}';\n`,
  );
  process.stdout.write(`kernel-binary.ts: ${bytes.length} bytes of WebAssembly\n`);
} finally {
  await rm(made, { recursive: true, force: true });
}
