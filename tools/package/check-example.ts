import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { run, withNode } from './npm.ts';

/** Runs README's example of the library with this Node, as a module and as CommonJS. @throws with what they say. */
export async function checkExample(project: string, root: string, node: string): Promise<void> {
  const example = exampleIn(readFileSync(join(root, 'README.md'), 'utf8'));
  const server = createServer((_, response) => response.end('a page'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const code = example.replaceAll(/https?:\/\/example\.(com|org)/g, here);
    writeFileSync(join(project, 'urls.txt'), `${here}/a.html\n`);
    writeFileSync(join(project, 'example.mjs'), code);
    writeFileSync(join(project, 'example.cjs'), asCommonJs(code));
    const said = [];
    for (const file of ['example.mjs', 'example.cjs']) {
      const { output, remarks } = await run([node, file], project, withNode(node));
      if (remarks !== '' && !/^\(node:\d+\) ExperimentalWarning: SQLite[^\n]*\n[^\n]*\n$/.test(remarks)) {
        throw new Error(`${file} wrote to standard error: ${remarks}`);
      }
      said.push(output);
    }
    const [asModule, asScript] = said;
    if (!asModule?.includes('a.log 2')) throw new Error(`The example printed: ${asModule}`);
    if (asModule !== asScript) throw new Error(`As CommonJS it printed ${asScript}, as a module ${asModule}`);
  } finally {
    server.close();
  }
}

/** What the example works on: beside it are `count.mjs`, logs and photos. */
export function writeMaterial(project: string): void {
  writeFileSync(join(project, 'a.log'), 'one\ntwo');
  writeFileSync(join(project, 'b.log'), 'one');
  writeFileSync(
    join(project, 'count.mjs'),
    `import { readFile } from 'node:fs/promises';
export default async (path) => (await readFile(path, 'utf8')).split('\\n').length;
`,
  );
}

/** The first block that imports the library. */
function exampleIn(readme: string): string {
  const blocks = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  const example = blocks.find((code) => code.includes("from 'shoal'"));
  if (example === undefined) throw new Error('README has no example of the library.');
  return example;
}

/** The same for those who require. */
export function asCommonJs(code: string): string {
  const body = code
    .replaceAll(/^import (\{[^}]*\}) from ('[^']+');/gm, 'const $1 = require($2);')
    .replaceAll('import.meta.url', "require('node:url').pathToFileURL(__filename)");
  return `(async () => {\n${body}})();\n`;
}
