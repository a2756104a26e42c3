import { describe, expect, it } from 'vitest';
import { thumbnailRecipeSchema } from '../../shared/recipe.ts';
import { type MapRequest, mapRequestSchema, thumbnailRequestSchema } from '../../shared/requests.ts';
import { commandLine } from './command-line.ts';
import type { ResolvedJob } from './resolved-job.ts';

const words = { force: false, title: '', destination: '', folder: '' };

function mapLine(inputs: MapRequest['inputs'], recursive = true): string {
  const request = mapRequestSchema.parse({ kind: 'map', module: 'C:\\my tasks\\m.mjs', inputs, recursive });
  return commandLine({ kind: 'map', request, ...words }, undefined, () => 'C:\\lists\\1.txt', 'win32');
}

describe('a job as a line for PowerShell', () => {
  it('has paths in quotes of PowerShell, with a backslash at the end too', () => {
    const request = thumbnailRequestSchema.parse({
      kind: 'thumbnails',
      paths: ["D:\\Ada's $HOME & photos", '\\\\nas\\share\\2026'],
      outputFolder: 'E:\\out of here\\',
      recipe: thumbnailRecipeSchema.parse({ format: 'webp' }),
    });
    const job: ResolvedJob = { kind: 'thumbnails', request, ...words };
    expect(commandLine(job, 4, () => '', 'win32')).toBe(
      "shoal thumbs 'D:\\Ada''s $HOME & photos' \\\\nas\\share\\2026 --format webp --out 'E:\\out of here\\\\' --pool 4",
    );
  });

  it('has a few items in it, behind two dashes that PowerShell does not keep for itself', () => {
    expect(mapLine([{ kind: 'items', items: ['-one', 'two words', 'tüü'] }])).toBe(
      "shoal map '--' 'C:\\my tasks\\m.mjs' '-one' 'two words' 'tüü'",
    );
  });

  it('hands lists and folders on as UTF-8, hidden ones left out', () => {
    const line = mapLine([
      { kind: 'list', path: "D:\\it's.txt" },
      { kind: 'folder', path: 'D:\\logs' },
      { kind: 'items', items: Array.from({ length: 30 }, String) },
    ]);
    expect(line).toBe(
      [
        "$OutputEncoding = [Text.UTF8Encoding]::new(); & { Get-Content -Encoding UTF8 -LiteralPath 'D:\\it''s.txt'; ",
        "Get-ChildItem -LiteralPath 'D:\\logs' -File -Name -Recurse | Where-Object { $_ -notmatch '(^|\\\\)\\.' } | ",
        "ForEach-Object { [IO.Path]::Combine('D:\\logs', $_) }; Get-Content -Encoding UTF8 -LiteralPath 'C:\\lists\\1.txt' } | ",
        "shoal map 'C:\\my tasks\\m.mjs' '-'",
      ].join(''),
    );
    expect(mapLine([{ kind: 'folder', path: 'D:\\logs' }], false)).not.toContain('-Recurse');
  });
});
