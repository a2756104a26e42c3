import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { linuxDesktopFiles, linuxFurtherFiles } from '../../../resources/builder/linux-files.ts';
import type { DistCheck } from '../tree.ts';

/** What a desktop reads, each by the program that says whether it can: by the arguments before the file. */
const validators = [
  { program: 'desktop-file-validate', args: ['--no-hints'], of: /^(applications|Thunar)\/.*\.desktop$/ },
  { program: 'appstreamcli', args: ['validate', '--no-net'], of: /\.metainfo\.xml$/ },
] as const;

/** The files around the app, put where a package puts them, are what desktops can read. */
export const check: DistCheck = {
  name: 'desktop',
  async run({ root, extracted }) {
    const share = mkdtempSync(join(tmpdir(), 'shoal-share-'));
    try {
      for (const { from, to } of [...linuxDesktopFiles, ...linuxFurtherFiles]) {
        mkdirSync(dirname(join(share, to)), { recursive: true });
        cpSync(join(root, from), join(share, to));
      }
      namesTheSameApp(share, extracted);
      const missing = validate(share);
      return missing.length > 0 ? { skipped: `${missing.join(' and ')} missing` } : undefined;
    } finally {
      rmSync(share, { recursive: true, force: true });
    }
  },
};

/** A desktop knows by these names whose a window is, and which picture it has. */
function namesTheSameApp(share: string, extracted: string): void {
  const { desktopName } = JSON.parse(readFileSync(join(extracted, 'package.json'), 'utf8'));
  const file = join(share, 'applications', desktopName);
  if (!existsSync(file)) throw new Error(`package.json names ${desktopName}, which is not installed`);
  const entry = readFileSync(file, 'utf8');
  const id = desktopName.replace(/\.desktop$/, '');
  for (const line of [`StartupWMClass=${id}`, `Icon=${id}`]) {
    if (!entry.split('\n').includes(line)) throw new Error(`${desktopName} lacks ${line}`);
  }
}

/** @returns the programs that are not installed. */
function validate(share: string): string[] {
  const missing: string[] = [];
  for (const { program, args, of } of validators) {
    const files = [...linuxDesktopFiles, ...linuxFurtherFiles].filter(({ to }) => of.test(to));
    for (const { from, to } of files) {
      const { status, error, stdout, stderr } = spawnSync(program, [...args, join(share, to)], {
        encoding: 'utf8',
      });
      if (error && 'code' in error && error.code === 'ENOENT') missing.push(program);
      else if (status !== 0) throw new Error(`${program} of ${from}: ${stdout}${stderr}`);
    }
  }
  return [...new Set(missing)];
}
