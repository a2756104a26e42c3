import { spawnSync } from 'node:child_process';
import { describe, test } from 'vitest';

/**
 * Tests that need something of the machine. Where it is absent they are skipped, and their names say what they
 * need: `npm test` counts and names what it skips.
 */
export function needs(what: string, isThere: boolean) {
  const named = (name: string) => (isThere ? name : `${name} [needs ${what}]`);
  return {
    test: (name: string, body: () => void | Promise<void>, timeout?: number) =>
      test.runIf(isThere)(named(name), body, timeout),
    describe: (name: string, body: () => void) => describe.runIf(isThere)(named(name), body),
  };
}

export const onLinux = needs('Linux', process.platform === 'linux');

/** Runs a command on a terminal of its own. BSD's program of the same name takes other arguments. */
export const withScript = needs(
  "util-linux's script",
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false,
);
