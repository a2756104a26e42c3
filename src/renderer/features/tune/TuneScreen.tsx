import { Button } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import { usualSizesToTune } from '../../../shared/settings/pool-sizes.ts';
import { openFolder } from '../../actions/shortcuts.ts';
import { inputsStore, kindOf } from '../../stores/inputs.ts';
import { showDialog } from '../../stores/screen.ts';
import { tuneStore } from '../../stores/tune.ts';
import { useStore } from '../../stores/use-store.ts';
import { TuneControls } from './TuneControls.tsx';
import { TuneResult } from './TuneResult.tsx';
import classes from './TuneScreen.module.css';

/** Measures which pool size is best for these items on this machine. */
export function TuneScreen() {
  const hasInputs = useStore(inputsStore, ({ inputs }) => inputs.length > 0);
  const kind = useStore(inputsStore, kindOf);
  const update = useStore(tuneStore, (state) => state.update);
  if (!hasInputs && update === undefined) return <NothingToTune />;
  if (kind === 'map') {
    return (
      <div className={classes.nothing}>
        <IconChartLine size={40} stroke={1.25} className={classes.icon} aria-hidden />
        <h2 className={classes.title}>{t('Nothing to measure beforehand')}</h2>
        <p className={classes.hint}>
          {t('A task of your own is not repeated to be timed: its pool finds the best size while it runs.')}
        </p>
      </div>
    );
  }
  return (
    <div className={classes.screen}>
      <header className={classes.header}>
        <div className={classes.words}>
          <h2 className={classes.title}>{t('Which pool size is best?')}</h2>
          <p className={classes.hint}>
            {t(
              'Each size is timed on your own items; what is made is thrown away. The smallest size beyond which more buys little is the knee.',
            )}
          </p>
          {kind === 'fetch' && (
            <p className={classes.hint}>
              {t(
                'URLs are fetched again for each of the sizes {{sizes}}: their servers get up to {{times}} times as many requests as a run makes.',
                { sizes: usualSizesToTune.join(', '), times: usualSizesToTune.length },
              )}
            </p>
          )}
        </div>
        <TuneControls update={update} />
      </header>
      <TuneResult update={update} />
    </div>
  );
}

function NothingToTune() {
  return (
    <div className={classes.nothing}>
      <IconChartLine size={40} stroke={1.25} className={classes.icon} aria-hidden />
      <h2 className={classes.title}>{t('Nothing to measure yet')}</h2>
      <p className={classes.hint}>
        {t('Drop a folder of images or paste a list of URLs: pool sizes are timed on it.')}
      </p>
      <div className={classes.actions}>
        <Button onClick={() => void openFolder()}>{t('Open folder…')}</Button>
        <Button variant="default" onClick={() => showDialog('paste')}>
          {t('Paste list…')}
        </Button>
      </div>
    </div>
  );
}
