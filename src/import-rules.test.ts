import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');

/** Lints a line of code as if it were in a file of the tree. */
function lint(file: string, line: string): { ok: boolean; said: string } {
  const args = [biome, 'lint', `--stdin-file-path=${file}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    input: `${line}\n`,
    encoding: 'utf8',
  });
  return { ok: status === 0, said: stdout + stderr };
}

describe('the lint fails where the house’s import rules are broken', () => {
  test.each([
    [
      'the engine imports electron',
      'src/engine/pool/bad.ts',
      "import { app } from 'electron';",
      /The engine knows no shell/,
    ],
    [
      'the engine imports the command line',
      'src/engine/bad.ts',
      "import { option } from '../cli/options.ts';",
      /The engine knows no shell/,
    ],
    [
      'the engine imports main',
      'src/engine/runs/bad.ts',
      "import '../../main/index.ts';",
      /The engine knows no shell/,
    ],
    [
      'the renderer imports the engine',
      'src/renderer/features/bad.ts',
      "import { map } from '../../engine/index.ts';",
      /The renderer is a page/,
    ],
    [
      'the renderer imports Node',
      'src/renderer/bad.ts',
      "import fs from 'node:fs';",
      /The renderer is a page/,
    ],
    [
      'the renderer imports electron',
      'src/renderer/bad.tsx',
      "import { ipcRenderer } from 'electron';",
      /The renderer is a page/,
    ],
    [
      'shared imports Node',
      'src/shared/bad.ts',
      "import fs from 'node:fs';",
      /shared imports nothing but zod/,
    ],
    [
      'shared imports the engine',
      'src/shared/bad.ts',
      "import { map } from '../engine/index.ts';",
      /shared imports nothing but zod/,
    ],
    [
      'shared imports a package',
      'src/shared/bad.ts',
      "import sharp from 'sharp';",
      /shared imports nothing but zod/,
    ],
    [
      'the command line goes past the one door',
      'src/cli/bad.ts',
      "import { map } from '../engine/map.ts';",
      /by its one door/,
    ],
    [
      'the command line goes past it from a folder',
      'src/cli/commands/bad.ts',
      "import { tune } from '../../engine/runs/tune.ts';",
      /by its one door/,
    ],
    ['the command line imports electron', 'src/cli/bad.ts', "import 'electron';", /by its one door/],
  ])('%s', (_what, file, line, message) => {
    expect(existsSync(join(root, file))).toBe(false);
    const { ok, said } = lint(file, line);
    expect(said).toMatch(message);
    expect(ok).toBe(false);
  });
});

describe('the lint passes', () => {
  test.each([
    ['shared with zod', 'src/shared/good.ts', "import { z } from 'zod';\nexport const text = z.string();"],
    ['shared with its own', 'src/shared/good.ts', "export * from './result.ts';"],
    [
      'the engine with shared and packages',
      'src/engine/good.ts',
      "import sharp from 'sharp';\nimport '../shared/result.ts';\nsharp();",
    ],
    ['the command line with the door', 'src/cli/commands/good.ts', "export * from '../../engine/index.ts';"],
    ['the renderer with shared', 'src/renderer/lib/good.ts', "export * from '../../shared/result.ts';"],
  ])('%s', (_what, file, lines) => {
    const { ok, said } = lint(file, lines);
    expect(ok, said).toBe(true);
  });
});
