/**
 * Writes the types of the library as one file, `dist/index.d.cts`: `.cts` because the entry is CommonJS, and TypeScript
 * then takes it for that from each kind of importer. It imports nothing but Node's own modules: types that zod infers
 * from schemas are written out, and what is not public is left out.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
/** `export type Name = z.infer<…>;` */
const inferred = /^export type (\w+) = z\.(?:infer|input)<[^;]*;$/gm;

export async function writePublicTypes(output: string): Promise<void> {
  const work = join(root, 'node_modules/.cache/public-types');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const emitted = join(work, 'emitted');
  compile('-p', join(root, 'tsconfig.build.json'), '--outDir', emitted);
  const entry = join(emitted, 'engine/index.d.ts');
  writeOut(declarationsOf(entry), work);
  const bundle = await rolldown({
    input: { index: entry },
    external: /^(node:|zod)/,
    plugins: [dts({ dtsInput: true, tsconfig: false })],
  });
  const { output: chunks } = await bundle.generate({ format: 'es', dir: output, codeSplitting: false });
  await bundle.close();
  const [types, ...others] = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk] : []));
  if (types === undefined || others.length > 0) throw new Error('Expected one file of types.');
  // The imports of what was written out are left over.
  const code = types.code.replace(/^import "zod.*\n|^import \* as z from "zod.*\n/gm, '');
  if (/^import .* from "(?!node:)|\bz\./m.test(code))
    throw new Error('The public types need other packages.');
  writeFileSync(join(output, 'index.d.cts'), code.replace(/^\/\/(#| node_modules).*\n/gm, ''));
}

/** The file and those that it imports. */
function declarationsOf(entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const [, path = ''] of readFileSync(entry, 'utf8').matchAll(/(?:from |import\()["'](\.[^"']+)["']/g)) {
    declarationsOf(join(dirname(entry), path.replace(/\.(ts|js)$/, '.d.ts')), found);
  }
  return found;
}

/** Puts what zod infers in the place of the formula by which it does. */
function writeOut(files: ReadonlySet<string>, work: string): void {
  const source = join(work, 'written-out.ts');
  const asked = [...files].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(inferred)].map(([, name = '']) => ({ file, name })),
  );
  const lines = asked.map(
    ({ file, name }, at) =>
      `import type { ${name} as T${at} } from './${relative(work, file)}';\nexport const t${at} = plain<T${at}>();`,
  );
  writeFileSync(source, [plainly, ...lines].join('\n'));
  compile(
    ...[
      source,
      '--ignoreConfig',
      '--declaration',
      '--emitDeclarationOnly',
      '--strict',
      '--exactOptionalPropertyTypes',
    ],
    ...[
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--types',
      'node',
      '--skipLibCheck',
      '--noErrorTruncation',
    ],
    ...['--allowImportingTsExtensions', '--rewriteRelativeImportExtensions'],
  );
  const written = readFileSync(join(work, 'written-out.d.ts'), 'utf8');
  const types = new Map(
    [...written.matchAll(/^export declare const t(\d+): ([\s\S]*?);\n(?=export|$)/gm)].map(
      ([, at, type = '']) => [Number(at), type] as const,
    ),
  );
  for (const [at, { file, name }] of asked.entries()) {
    const type = types.get(at);
    if (type === undefined) throw new Error(`${name} was not written out.`);
    const text = readFileSync(file, 'utf8').replace(inferred, (line, found: string) =>
      found === name ? `export type ${name} = ${type};` : line,
    );
    writeFileSync(file, text);
  }
}

/** A mapped type without a name is written out by TypeScript, member by member, with their comments. */
const plainly = `
type Plain<T> = T extends string | number | boolean | bigint | symbol | null | undefined ? T
  : T extends (...args: never[]) => unknown ? T
  : { [Key in keyof T]: Plain<T[Key]> };
declare function plain<T>(): Plain<T>;
`;

function compile(...args: readonly string[]): void {
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  execFileSync(process.execPath, [tsc, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
}
