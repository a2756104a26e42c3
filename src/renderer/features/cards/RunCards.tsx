import { t } from '../../../languages/translate.ts';
import type { FormerRun } from '../../../shared/ipc/history.ts';
import { RunCard } from './RunCard.tsx';
import classes from './RunCards.module.css';

/** The recent runs of the window: what did not finish comes first. */
export function RunCards({ runs }: { readonly runs: readonly FormerRun[] }) {
  const rest = runs.filter(({ standing }) => standing === 'unfinished');
  const over = runs.filter(({ standing }) => standing !== 'unfinished');
  return (
    <section className={classes.runs} aria-label={t('Recent runs')}>
      {rest.length > 0 && <Cards runs={rest} heading={t('Not finished')} />}
      {over.length > 0 && <Cards runs={over} heading={t('Finished')} />}
    </section>
  );
}

function Cards({ runs, heading }: { readonly runs: readonly FormerRun[]; readonly heading: string }) {
  return (
    <>
      <h2 className={classes.heading}>{heading}</h2>
      <ul className={classes.cards}>
        {runs.map((run) => (
          <RunCard key={run.id} run={run} />
        ))}
      </ul>
    </>
  );
}
