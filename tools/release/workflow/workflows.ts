import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly file: string;
  readonly text: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export function workflowsOf(root: string): Workflow[] {
  return globSync('.github/workflows/*.yml', { cwd: root }).map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return { ...parse(text), file: basename(file), text };
  });
}

/** Every line of every `run`. */
export function linesOf(job: Job): string[] {
  return (job.steps ?? []).flatMap(({ run = '' }) => run.split('\n'));
}
