import { Button } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../languages/translate.ts';
import { takeGiven } from '../../actions/run-actions.ts';
import { Places } from '../../components/Places.tsx';
import { request } from '../../ipc/api.ts';
import { attempt } from '../../stores/problem.ts';
import classes from './FirstSteps.module.css';

/** For who has not made anything yet: something to try it with, and where things are kept. */
export function FirstSteps() {
  const [isDrawing, setDrawing] = useState(false);
  const tryIt = async () => {
    setDrawing(true);
    const given = await attempt(() => request('samples:pictures'));
    setDrawing(false);
    if (given !== undefined) takeGiven(given);
  };
  return (
    <div className={classes.steps}>
      <div className={classes.card}>
        <h3 className={classes.title}>{t('No pictures at hand?')}</h3>
        <p className={classes.words}>
          {t(
            'Shoal draws 60 sample pictures into your downloads, in the folder “Shoal”, and shows what it would do with them.',
          )}
        </p>
        <Button variant="default" loading={isDrawing} onClick={() => void tryIt()}>
          {t('Try it with 60 sample pictures')}
        </Button>
      </div>
      <div className={classes.card}>
        <h3 className={classes.title}>{t('Where things are kept')}</h3>
        <Places />
      </div>
    </div>
  );
}
