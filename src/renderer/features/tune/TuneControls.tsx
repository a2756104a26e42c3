import { Button } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import type { TuneUpdate } from '../../../shared/ipc/tune.ts';
import { runStore } from '../../stores/run.ts';
import { cancelTune, startTune } from '../../stores/tune.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './TuneControls.module.css';

export function TuneControls({ update }: { readonly update: TuneUpdate | undefined }) {
  const busy = useStore(runStore, ({ run }) => run !== undefined && run.state !== 'finished');
  if (update?.state === 'measuring') {
    return (
      <div className={classes.controls}>
        <span className={`${classes.now} numbers`} role="status">
          {t('Timing {{poolSize}} at once ({{place}} of {{total}})', {
            poolSize: update.current,
            place: update.points.length + 1,
            total: update.sizes.length,
          })}
        </span>
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={14} />}
          onClick={() => void cancelTune()}
        >
          {t('Stop')}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.controls}>
      {busy && <span className={classes.now}>{t('A run is on; timing waits for it.')}</span>}
      <Button disabled={busy} onClick={() => void startTune()}>
        {update === undefined ? t('Measure') : t('Measure again')}
      </Button>
    </div>
  );
}
