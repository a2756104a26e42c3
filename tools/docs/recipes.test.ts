import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Ended } from '../../test/run-shoal.ts';
import { repositoryRoot } from '../../test/run-shoal.ts';
import { type CodeBlock, codeBlocks } from './code-blocks.ts';
import { ExampleFolder, startExampleHost, withJq, withShell } from './example-folder.ts';
import { fieldsOf } from './fields-of.ts';

// A block says behind its language what it is: `run NAME` or `run` is run, `file NAME` lies beside it, `prints` is what
// the block before it prints. All blocks under one heading share a folder.

const host = await startExampleHost();
afterAll(() => host.close());

const leastExamples = { 'docs/library.md': 6, 'docs/map.md': 6, 'docs/presets.md': 3, 'docs/sets.md': 2 };

for (const [page, least] of Object.entries(leastExamples)) {
  withShell.describe(page, () => {
    const blocks = codeBlocks(readFileSync(join(repositoryRoot, page), 'utf8'));
    const sections = Map.groupBy(blocks, ({ section }) => section);
    const ran = [...sections].filter(([, all]) => all.some(({ words: [verb] }) => verb === 'run'));

    for (const [section, all] of ran) {
      const needsJq = all.some(({ language, code }) => language === 'sh' && /\bjq\b/.test(code));
      (needsJq ? withJq : withShell).test(section, () => runSection(all));
    }

    test('says the name of each file, which pages do not show behind its language', () => {
      const files = blocks.filter(({ words: [verb], language }) => verb === 'file' && language === 'js');
      const named = files.filter(({ words: [, file], code }) => code.startsWith(`// ${file}\n`));
      expect(named).toEqual(files);
    });

    test('has examples, each with what it prints', () => {
      expect(ran.length).toBeGreaterThanOrEqual(least);
      for (const [section, all] of ran) {
        const verbs = all
          .map(({ words: [verb] }) => verb)
          .filter((verb) => verb !== 'file' && verb !== undefined);
        const inTurn = verbs.map((_, at) => (at % 2 ? 'prints' : 'run'));
        expect([section, verbs, verbs.length % 2]).toEqual([section, inTurn, 0]);
      }
    });
  });
}

test('the page of the library names each option of map', () => {
  const page = readFileSync(join(repositoryRoot, 'docs/library.md'), 'utf8');
  const options = [
    ...fieldsOf('engine/map/map-options.ts', 'MapOptions'),
    ...fieldsOf('engine/map/map-options.ts', 'MapStreamOptions'),
    ...fieldsOf('engine/map/common/task-context.ts', 'TaskSettings'),
  ];
  expect(options.filter(({ name }) => !new RegExp(`\\| \`${name}\\b`).test(page))).toEqual([]);
  expect(options.length).toBeGreaterThan(15);
});

async function runSection(blocks: readonly CodeBlock[]): Promise<void> {
  const folder = new ExampleFolder(host);
  let last: Ended | undefined;
  for (const { language, words, code } of blocks) {
    const [verb, file = `example.${language}`] = words;
    if (verb === 'file' || verb === 'run') folder.write({ [file]: code });
    if (verb === 'run') last = await (language === 'sh' ? folder.shell(code) : folder.node(file));
    if (verb === 'prints')
      expect({ stdout: last?.stdout, stderr: last?.stderr }).toMatchObject({ stdout: code });
  }
}
