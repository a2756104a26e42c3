import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { tempFolder, writeFiles } from '../test/temp-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');

/** Lints one line of code as a file of an otherwise empty tree with this repository's rules. */
function lint(file: string, line: string): { ok: boolean; said: string } {
  const tree = tempFolder();
  for (const name of ['biome.json', '.gitignore']) copyFileSync(join(root, name), join(tree, name));
  writeFiles(tree, { [file]: `${line}\n` });
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', file], {
    cwd: tree,
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
      "import { option } from '../cli/flags/options.ts';",
      /The engine knows no shell/,
    ],
    [
      'the engine imports main',
      'src/engine/run/bad.ts',
      "import '../../main/index.ts';",
      /The engine knows no shell/,
    ],
    [
      'a codec imports the engine',
      'src/codecs/jpeg/bad.ts',
      "import '../../engine/files/stamp.ts';",
      /The codecs stand alone/,
    ],
    ['files import names', 'src/engine/files/bad.ts', "import '../names/file-name.ts';", /Floor files/],
    [
      'parts import the ledger',
      'src/engine/files/parts/bad.ts',
      "import '../../ledger/ledger.ts';",
      /Floor files/,
    ],
    ['names import the ledger', 'src/engine/names/bad.ts', "import '../ledger/ledger.ts';", /Floor names/],
    ['the ledger imports the pool', 'src/engine/ledger/bad.ts', "import '../pool/feed.ts';", /Floor ledger/],
    ['the pool imports a run', 'src/engine/pool/bad.ts', "import '../run/tally.ts';", /Floor pool/],
    [
      'a thread’s part of the pool imports a feature',
      'src/engine/pool/threads/bad.ts',
      "import '../../map/map.ts';",
      /Floor pool/,
    ],
    ['the run imports a feature', 'src/engine/run/bad.ts', "import '../map/map.ts';", /Floor run/],
    [
      'thumbnails import fetches',
      'src/engine/thumbnails/task/bad.ts',
      "import '../../fetches/fetch-run.ts';",
      /thumbnails knows neither/,
    ],
    [
      'fetches import thumbnails',
      'src/engine/fetches/task/bad.ts',
      "import '../../thumbnails/task/render.ts';",
      /only fetches\/then-thumbnail/,
    ],
    [
      'fetches import map',
      'src/engine/fetches/then-thumbnail/bad.ts',
      "import '../../map/map.ts';",
      /then-thumbnail knows thumbnails, not map/,
    ],
    [
      'map imports thumbnails',
      'src/engine/map/bad.ts',
      "import '../thumbnails/originals.ts';",
      /map knows neither/,
    ],
    [
      'a feature imports the engine that composes it',
      'src/engine/map/bad.ts',
      "import '../engine.ts';",
      /map knows neither/,
    ],
    [
      'the run imports the cluster',
      'src/engine/run/bad.ts',
      "import '../cluster/places/place.ts';",
      /Floor run/,
    ],
    [
      'the cluster imports the engine that it is handed',
      'src/engine/cluster/queue/bad.ts',
      "import '../../engine.ts';",
      /Floor cluster/,
    ],
    [
      'a place imports the queue',
      'src/engine/cluster/places/bad.ts',
      "import '../queue/registry.ts';",
      /at the bottom of the cluster/,
    ],
    [
      'records import the queue',
      'src/engine/cluster/records/bad.ts',
      "import '../queue/registry.ts';",
      /below the queue/,
    ],
    [
      'a storage imports the queue',
      'src/engine/cluster/storage/bad.ts',
      "import '../queue/registry.ts';",
      /know no queue/,
    ],
    [
      'the renderer imports the engine',
      'src/renderer/lib/bad.ts',
      "import { map } from '../../engine/index.ts';",
      /The renderer is a page/,
    ],
    [
      'a feature of the page imports the engine',
      'src/renderer/features/list/bad.ts',
      "import { map } from '../../../engine/index.ts';",
      /A feature imports lib/,
    ],
    [
      'a feature beside the others imports the engine',
      'src/renderer/features/bad.ts',
      "import { map } from '../../engine/index.ts';",
      /A feature imports lib/,
    ],
    [
      'a feature imports another feature',
      'src/renderer/features/list/bad.ts',
      "import '../empty/EmptyScreen.tsx';",
      /A feature imports lib/,
    ],
    [
      'a feature imports Node',
      'src/renderer/features/list/bad.ts',
      "import fs from 'node:fs';",
      /A feature imports lib/,
    ],
    [
      'main goes past the engine’s one door',
      'src/main/bad.ts',
      "import '../engine/map/map.ts';",
      /Main enters the engine by src\/engine\/index\.ts/,
    ],
    [
      'main touches ipcMain outside the gate',
      'src/main/ipc/bad.ts',
      "import { ipcMain } from 'electron';",
      /Only src\/main\/ipc\/gate\.ts touches ipcMain/,
    ],
    [
      'the preload imports Node',
      'src/preload/bad.ts',
      "import fs from 'node:fs';",
      /The preload is sandboxed/,
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
      'the command line goes past the doors',
      'src/cli/bad.ts',
      "import { map } from '../engine/map/map.ts';",
      /by its doors/,
    ],
    [
      'the command line goes past it from a folder',
      'src/cli/commands/bad.ts',
      "import { tune } from '../../engine/run/tune.ts';",
      /by its doors/,
    ],
    ['the command line imports electron', 'src/cli/bad.ts', "import 'electron';", /by its doors/],
  ])('%s', (_what, file, line, message) => {
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
    [
      'fetch-then-thumbnail with both features',
      'src/engine/fetches/then-thumbnail/good.ts',
      "export * from '../../thumbnails/task/render.ts';\nexport * from '../outputs/kept-files.ts';",
    ],
    ['a feature with the floors below', 'src/engine/map/good.ts', "export * from '../pool/feed.ts';"],
    ['the command line with the door', 'src/cli/commands/good.ts', "export * from '../../engine/index.ts';"],
    [
      'the command line with the engine by itself',
      'src/cli/commands/good.ts',
      "export * from '../../engine/engine.ts';",
    ],
    ['a feature with lib', 'src/renderer/features/list/good.ts', "export * from '../../ipc/api.ts';"],
    ['shared from a subfolder', 'src/shared/ipc/good.ts', "export * from '../recipe.ts';"],
    ['the renderer with shared', 'src/renderer/lib/good.ts', "export * from '../../shared/result.ts';"],
  ])('%s', (_what, file, lines) => {
    const { ok, said } = lint(file, lines);
    expect(ok, said).toBe(true);
  });
});
