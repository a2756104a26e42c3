import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import type { RunState } from '../../../shared/ipc/run.ts';
import { cancelRun, pauseOrResume } from '../../actions/run-actions.ts';
import classes from './RunControls.module.css';

export function RunControls({ state }: { readonly state: RunState }) {
  const ending = state === 'cancelling' || state === 'finished';
  const paused = state === 'paused';
  return (
    <div className={classes.controls}>
      <Button
        variant={paused ? 'filled' : 'default'}
        disabled={ending}
        leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        onClick={() => void pauseOrResume()}
        className={classes.hold ?? ''}
      >
        {t(paused ? 'Resume' : 'Pause')}
      </Button>
      <Button
        variant="default"
        disabled={ending}
        leftSection={<IconX size={14} />}
        onClick={() => void cancelRun()}
      >
        {t('Cancel')}
      </Button>
    </div>
  );
}
