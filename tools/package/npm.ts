import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

export interface Said {
  readonly output: string;
  /** What it wrote to standard error. */
  readonly remarks: string;
}

/** Runs a program to its end. @throws with all that it said if it fails. */
export function run(
  [command, ...args]: readonly [string, ...string[]],
  cwd: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd,
      env: { ...process.env, ...env },
      maxBuffer: 64 * 1024 * 1024,
      // npm and npx are scripts on Windows, which only a shell starts.
      shell: process.platform === 'win32' && /^np[mx]$/.test(command),
    };
    execFile(command, args, options, (error, output, remarks) => {
      if (error) reject(new Error(`${[command, ...args].join(' ')}:\n${output}${remarks}`, { cause: error }));
      else resolve({ output, remarks });
    });
  });
}

/** Runs npm as a person would whose Node is this one: what `npm run` tells its scripts is not for it. */
export function npm(args: readonly string[], cwd: string, node = process.execPath): Promise<Said> {
  return run(['npm', ...args], cwd, withNode(node));
}

export function withNode(node: string): Record<string, string | undefined> {
  const ofNpm = Object.keys(process.env).filter((name) => /^npm_/i.test(name));
  return {
    ...Object.fromEntries(ofNpm.map((name) => [name, undefined])),
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    npm_config_update_notifier: 'false',
  };
}
