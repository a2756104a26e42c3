import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { run } from './npm.ts';

const script = `import { map } from 'shoal';
const plain = await map((item) => item + 1, [1]);
const [threaded] = await map(new URL('./count.mjs', 'file://' + process.cwd() + '/'), ['a.log'])
  .catch((error) => [{ error: { message: String(error.message) + String(error.cause ?? '') } }]);
console.log(plain[0].value, threaded.value ?? threaded.error.message);
`;

/** What becomes of the library in a bundle: it works while it is external. @returns what a bundle with it inside says. */
export async function checkBundler(project: string): Promise<string> {
  const entry = join(project, 'bundled.mjs');
  writeFileSync(entry, script);
  const bundled = async (external: string[]) => {
    const outfile = join(project, `out-${external.length}.mjs`);
    await build({
      entryPoints: [entry],
      outfile,
      external,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
      // sharp and piscina load files of their own.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); const __filename = import.meta.filename, __dirname = import.meta.dirname;",
      },
    });
    return (await run([process.execPath, outfile], project)).output.trim();
  };
  const outside = await bundled(['shoal']);
  if (outside !== '2 2') throw new Error(`With shoal external a bundle printed: ${outside}`);
  return bundled(['sharp', 'piscina', 'libheif-js']);
}
