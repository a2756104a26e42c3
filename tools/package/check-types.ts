import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './npm.ts';

/** How TypeScript finds the types: whose importers are modules (`.mts`) and whose are CommonJS (`.cts`). */
const resolutions = [
  { module: 'node16', files: ['use.mts', 'use.cts'] },
  { module: 'nodenext', files: ['use.mts', 'use.cts'] },
  { module: 'esnext', resolution: 'bundler', files: ['use.mts', 'use.ts'] },
] as const;

/** Compiles a program that uses the library in each way. @returns how many. @throws with what TypeScript says. */
export async function checkTypes(project: string, root: string): Promise<number> {
  const source = join(import.meta.dirname, 'use.ts.txt');
  for (const name of ['use.mts', 'use.cts', 'use.ts']) cpSync(source, join(project, name));
  let count = 0;
  for (const { module, files, ...more } of resolutions) {
    const config = {
      compilerOptions: {
        ...{ module, moduleResolution: 'resolution' in more ? more.resolution : module },
        ...{
          target: 'es2022',
          strict: true,
          skipLibCheck: false,
          noEmit: true,
          exactOptionalPropertyTypes: true,
        },
        lib: ['es2022', 'esnext.disposable'],
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
      },
      files,
    };
    const file = join(project, `tsconfig.${module}.json`);
    writeFileSync(file, JSON.stringify(config));
    await run([process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', file], project);
    count += files.length;
  }
  return count;
}
