import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import { cancelRun, pauseOrResume } from '../../actions/run-actions.ts';
import { askToCancel } from '../../stores/machines/machines.ts';
import type { RunView } from '../../stores/run-view.ts';
import classes from './RunControls.module.css';

export function RunControls({ run: { state, handedOut, title } }: { readonly run: RunView }) {
  const ending = state === 'cancelling' || state === 'finished';
  const paused = state === 'paused';
  return (
    <div className={classes.controls}>
      {!handedOut && (
        <Button
          variant={paused ? 'filled' : 'default'}
          disabled={ending}
          leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={() => void pauseOrResume()}
          className={classes.hold ?? ''}
        >
          {t(paused ? 'Resume' : 'Pause')}
        </Button>
      )}
      <Button
        variant="default"
        disabled={ending}
        leftSection={<IconX size={14} />}
        onClick={() => (handedOut ? askToCancel({ id: handedOut.run, title }) : void cancelRun())}
      >
        {handedOut ? t('Cancel…') : t('Cancel')}
      </Button>
    </div>
  );
}
