import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LazyEngine } from '../../src/cli/process/lazy-engine.ts';
import { createProgram } from '../../src/cli/program.ts';
import { environmentVariables } from '../../src/shared/settings/environment.ts';
import { needs } from '../../test/needs.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { manPage } from './man-page.ts';

const isThere = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;
const withMandoc = needs('mandoc', spawnSync('mandoc', ['-T', 'lint', '/dev/null']).error === undefined);
const withGroff = needs('groff', isThere('groff', '--version'));

function written(): string {
  const path = join(tempFolder(), 'shoal.1');
  writeFileSync(path, manPage());
  return path;
}

describe('the man page', () => {
  test('tells every command, flag and variable', () => {
    const page = manPage().replaceAll('\\-', '-');
    const program = createProgram(() => {}, new LazyEngine());
    for (const command of program.commands.flatMap((each) => [each, ...each.commands])) {
      expect(page).toContain(` ${command.name()}`);
      for (const { long } of command.options) expect(page).toContain(`\\fB${long}\\fR`);
    }
    for (const { names } of environmentVariables) for (const name of names) expect(page).toContain(name);
  });

  withMandoc.test('is faultless to mandoc', () => {
    const { stdout, status } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', written()], {
      encoding: 'utf8',
    });
    expect([stdout, status]).toEqual(['', 0]);
  });

  withGroff.test('is faultless to groff, and shows what was meant', () => {
    const { stdout, stderr } = spawnSync('groff', ['-ww', '-man', '-Tutf8', '-P-cbou', written()], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout).toContain("shoal thumbs photos --match '*.jpg' --exclude cache --dry-run");
    expect(stdout).toMatch(/pixels \(width × height\)/);
    expect(stdout).toContain('%APPDATA%\\shoal\\Config');
  });
});
