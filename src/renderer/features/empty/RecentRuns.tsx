import { Button } from '@mantine/core';
import { IconDownload, IconPhoto } from '@tabler/icons-react';
import type { RecentRun } from '../../../shared/ipc/run.ts';
import { runAgain } from '../../actions/run-actions.ts';
import { ago, count, counted } from '../../lib/format.ts';
import classes from './RecentRuns.module.css';

/** A start screen is no history: nobody looks for older runs there. */
const mostShown = 5;

export function RecentRuns({ runs }: { readonly runs: readonly RecentRun[] }) {
  return (
    <section aria-label="Recent runs">
      <h2 className={classes.heading}>Recent</h2>
      <ul className={classes.list}>
        {runs.slice(0, mostShown).map((run) => (
          <RecentRow key={run.runId} run={run} />
        ))}
      </ul>
    </section>
  );
}

function RecentRow({ run }: { readonly run: RecentRun }) {
  const Icon = run.kind === 'fetch' ? IconDownload : IconPhoto;
  const unfinished = run.finishedAt === undefined;
  return (
    <li className={classes.row}>
      <Icon size={16} stroke={1.6} aria-hidden className={classes.icon} />
      <span className={classes.name} title={run.title}>
        {run.title}
      </span>
      <span className={`${classes.facts} numbers`}>{factsOf(run)}</span>
      <span className={classes.when}>{ago(run.startedAt, Date.now())}</span>
      <span className={classes.action}>
        <Button
          size="compact-sm"
          variant={unfinished ? 'light' : 'subtle'}
          aria-label={`${unfinished ? 'Continue' : 'Run again'}: ${run.title}`}
          onClick={() => void runAgain(run.runId)}
        >
          {unfinished ? 'Continue' : 'Run again'}
        </Button>
      </span>
    </li>
  );
}

function factsOf({ kind, counters, finishedAt }: RecentRun): string {
  const { total, done, skipped, failed } = counters;
  const noun = kind === 'fetch' ? 'URL' : 'image';
  if (finishedAt === undefined) return `${count(done + skipped)} of ${counted(total, noun)}, not finished`;
  return failed > 0 ? `${counted(total, noun)}, ${count(failed)} failed` : counted(total, noun);
}
