import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { launcherSwitches } from '../../src/main/app/launcher-switches.ts';
import { needs, onLinux } from '../../test/needs.ts';
import { tempFolder } from '../../test/temp-folder.ts';

const launcher = join(import.meta.dirname, '../../resources/linux/shoal');

/** Programs that the launcher uses besides Node, wherever the system has them. */
const systemTools = ['sh', 'dirname', 'readlink', 'uname'];

const onPosix = needs('Linux or macOS', process.platform !== 'win32');

onPosix.describe('the launcher of an installed app', () => {
  let home: string;
  /** With spaces and letters of other alphabets, as a person's folders have. */
  const app = () => join(home, 'My Apps/Shöal');
  const installed = () => join(app(), 'resources/bin/shoal');

  beforeEach(() => {
    home = tempFolder();
    for (const place of ['resources/bin', 'resources/app.asar.unpacked/cli/bin'])
      mkdirSync(join(app(), place), { recursive: true });
    copyFileSync(launcher, installed());
    program(join(app(), 'shoal'), 'printf "window:"; printf " [%s]" "$@"');
    mkdirSync(join(home, 'tools'));
    for (const tool of systemTools) {
      const { stdout } = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' });
      symlinkSync(stdout.trim(), join(home, 'tools', tool));
    }
  });

  function program(path: string, script: string): void {
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }

  /** A folder with a Node of this version, which tells what it is given to run. */
  function nodeOf(version: string, name = 'node'): string {
    const place = join(home, `node ${version}`);
    mkdirSync(place);
    const run = `printf "node ${version}:"; printf " [%s]" "$@"`;
    program(join(place, name), `if [ "$1" = --version ]; then echo v${version}; else ${run}; fi`);
    return place;
  }

  function start(
    args: string[],
    nodes: string[] = [],
    env: Record<string, string> = {},
    file = installed(),
    cwd = home,
  ) {
    const PATH = [...nodes, join(home, 'tools')].join(':');
    const { stdout, stderr, status } = spawnSync(file, args, {
      cwd,
      encoding: 'utf8',
      env: { PATH, ...env },
    });
    return { said: stdout, complained: stderr, status };
  }

  const commandLine = () => join(app(), 'resources/app.asar.unpacked/cli/bin/shoal.cjs');

  it('runs the command line that is beside the archive, with each argument as it is', () => {
    const { said, status } = start(['thumbs', 'my photos', '', '*'], [nodeOf('24.1.0')]);
    expect(said).toBe(`node 24.1.0: [${commandLine()}] [thumbs] [my photos] [] [*]`);
    expect(status).toBe(0);
  });

  it('finds itself behind links, absolute or relative', () => {
    const [absolute, relative] = [join(home, 'shoal'), join(home, 'my shoal')];
    symlinkSync(installed(), absolute);
    symlinkSync('shoal', relative);
    for (const link of [absolute, relative])
      expect(
        start(['--version'], [nodeOf(link === absolute ? '24.1.0' : '24.2.0')], {}, link).said,
      ).toContain(`[${commandLine()}] [--version]`);
  });

  it.each(['22.22.0', '22.30.1', '23.0.0', '24.0.0', '100.1.0'])('takes Node %s', (version) => {
    expect(start(['runs'], [nodeOf(version)]).said).toContain(`node ${version}:`);
  });

  it.each(['22.21.9', '20.19.2', '9.99.0'])(
    'does not take Node %s, and says why in one sentence',
    (version) => {
      const { said, complained, status } = start(['thumbs', 'photos'], [nodeOf(version)]);
      expect(said).toBe('');
      expect(complained).toMatch(/^shoal: the command line needs Node 22\.22 or newer,.*SHOAL_NODE.*\n$/);
      expect(complained).toContain(`${join(home, `node ${version}`, 'node')} is ${version}`);
      expect(status).toBe(2);
    },
  );

  it('takes a newer one that stands behind an older one on PATH, and one that is called nodejs', () => {
    expect(start(['runs'], [nodeOf('18.1.0'), nodeOf('24.3.0')]).said).toContain('node 24.3.0:');
    expect(start(['runs'], [nodeOf('22.23.0', 'nodejs')]).said).toContain('node 22.23.0:');
  });

  it('takes the one that SHOAL_NODE names before all others', () => {
    const own = join(nodeOf('24.5.0'), 'node');
    expect(start(['runs'], [nodeOf('24.4.0')], { SHOAL_NODE: own }).said).toContain('node 24.5.0:');
  });

  it.each(['node', '/nowhere/node'])('says that SHOAL_NODE is not the path of a Node: %s', (own) => {
    const { said, complained, status } = start(['runs'], [nodeOf('24.4.0')], { SHOAL_NODE: own });
    expect({ said, status }).toEqual({ said: '', status: 2 });
    expect(complained).toBe(`shoal: SHOAL_NODE is not the path of a Node 22.22 or newer: ${own}.\n`);
  });

  it('says that the Node of SHOAL_NODE is too old, though a newer one is on PATH', () => {
    const own = join(nodeOf('20.1.0'), 'node');
    const { complained, status } = start(['runs'], [nodeOf('24.4.0')], { SHOAL_NODE: own });
    expect(complained).toContain(`${own} is 20.1.0`);
    expect(status).toBe(2);
  });

  it('never runs a Node of the folder that one is in', () => {
    nodeOf('24.7.0');
    for (const env of [{}, { SHOAL_NODE: 'node' }]) {
      const { said, status } = start(['runs'], ['', ''], env, installed(), join(home, 'node 24.7.0'));
      expect({ said, status }).toEqual({ said: '', status: 2 });
    }
  });

  it('says in one sentence that there is no Node', () => {
    const { complained, status } = start(['thumbs', 'photos']);
    expect(complained).toMatch(
      /^shoal: the command line needs Node 22\.22 or newer, and none was found.*\n$/,
    );
    expect(status).toBe(2);
  });

  it('ignores a folder, and a program that does not run, by the name of node', () => {
    const place = join(home, 'odd');
    mkdirSync(join(place, 'node'), { recursive: true });
    program(join(place, 'nodejs'), 'exit 1');
    expect(start(['runs'], [place, nodeOf('24.6.0')]).said).toContain('node 24.6.0:');
  });

  it('opens the window without arguments, by `window` with inputs, and by the switches of launchers', () => {
    const screen = { DISPLAY: ':0' };
    expect(start([], [], screen).said).toMatch(/^window:/);
    expect(start(['window', 'my photos', 'list.csv'], [], screen).said).toBe(
      'window: [my photos] [list.csv]',
    );
    for (const name of Object.values(launcherSwitches))
      expect(start([name], [], screen).said).toBe(`window: [${name}]`);
  });

  it('hands files to the window that are called like switches as files', () => {
    const { said } = start(['window', '--no-sandbox', '-x', '-', 'my photos', '']);
    expect(said).toBe('window: [./--no-sandbox] [./-x] [./-] [my photos] []');
  });

  it('is what a script of GNOME hands the selected names to', () => {
    symlinkSync(installed(), join(home, 'tools/shoal'));
    const script = join(import.meta.dirname, '../../resources/linux/file-managers/nautilus');
    const { said } = start(['--gpu-launcher=x.jpg', 'a b.jpg'], [], {}, script);
    expect(said).toBe('window: [./--gpu-launcher=x.jpg] [a b.jpg]');
  });

  onLinux.test('without a screen, it is the command line that answers', () => {
    expect(start([], [nodeOf('24.1.0')]).said).toContain(`[${commandLine()}]`);
  });

  it('is as particular about Node as the command line itself', () => {
    const { isTooOld } = createRequire(import.meta.url)('../../bin/needed-node.cjs') as {
      isTooOld: (version: string) => boolean;
    };
    for (const version of ['22.21.9', '22.22.0', '23.0.0', '24.0.0']) {
      const taken = start(['runs'], [nodeOf(version)]).status === 0;
      expect(taken, version).toBe(!isTooOld(version));
    }
  });
});
