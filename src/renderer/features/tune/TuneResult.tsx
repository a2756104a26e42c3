import { Button } from '@mantine/core';
import { t } from '../../../languages/translate.ts';
import type { TunePoint, TuneUpdate } from '../../../shared/ipc/tune.ts';
import { setPoolSize } from '../../actions/run-actions.ts';
import { showMain } from '../../actions/screens.ts';
import { inTenths } from './fractions.ts';
import { TuneChart } from './TuneChart.tsx';
import classes from './TuneResult.module.css';
import { TuneTable } from './TuneTable.tsx';

export function TuneResult({ update }: { readonly update: TuneUpdate | undefined }) {
  if (update === undefined) {
    return (
      <p className={classes.empty}>
        {t('The curve appears here: pool size from left to right, seconds from bottom to top.')}
      </p>
    );
  }
  if (update.state === 'failed') {
    return (
      <p className={`${classes.failed} selectable`} role="alert">
        {update.message}
      </p>
    );
  }
  const knee = update.state === 'finished' ? update.knee : undefined;
  return (
    <>
      {knee !== undefined && <Knee knee={knee} points={update.points} />}
      {update.state === 'cancelled' && (
        <p className={classes.stopped}>{t('Stopped: these sizes were timed before.')}</p>
      )}
      <TuneChart points={update.points} sizes={update.sizes} knee={knee} />
      <TuneTable points={update.points} knee={knee} />
    </>
  );
}

function Knee({ knee, points }: { readonly knee: number; readonly points: readonly TunePoint[] }) {
  const one = points[0];
  const best = points.find(({ poolSize }) => poolSize === knee);
  const times =
    one !== undefined && best !== undefined && best.seconds > 0 ? one.seconds / best.seconds : undefined;
  return (
    <section className={classes.knee} aria-label={t('Best pool size')}>
      <p className={`${classes.words} numbers`}>
        <strong>{t('The knee is at {{poolSize}}.', { poolSize: knee })}</strong>{' '}
        {times !== undefined && one !== undefined && times > 1.05
          ? t('{{times}} times as fast as {{poolSize}} at once; more buys little.', {
              times: inTenths(times),
              poolSize: one.poolSize,
            })
          : t('More at once buys little here.')}
      </p>
      <Button
        onClick={() => {
          setPoolSize(knee);
          showMain();
        }}
      >
        {t('Set the slider to {{poolSize}}', { poolSize: knee })}
      </Button>
    </section>
  );
}
