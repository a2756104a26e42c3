import { Button, Modal } from '@mantine/core';
import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
import { cancelQueued } from '../../actions/machine-actions.ts';
import { cancelRun } from '../../actions/run-actions.ts';
import { askToCancel, machinesStore } from '../../stores/machines/machines.ts';
import { runStore } from '../../stores/run.ts';
import { screenStore } from '../../stores/screen.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './Dialogs.module.css';

const close = () => askToCancel(undefined);

/** Asks before a run ends for all machines. Who follows it may leave it to them instead. */
export function CancelDialog() {
  const run = useStore(machinesStore, (state) => state.cancelling);
  const isFollowed = useStore(runStore, ({ run: shown, on }) => shown?.runId === on && on !== undefined);
  const atRun = useStore(screenStore, ({ tab }) => tab === 'run');
  return (
    <Modal
      opened={run !== undefined}
      onClose={close}
      title={t('Cancel on all machines?')}
      centered
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      {run !== undefined && (
        <>
          <p className={classes.words}>
            <Trans
              i18n={words}
              i18nKey="Workers begin nothing more of <name/>. What is done of it stays in its folder."
              components={{ name: <strong>{run.title}</strong> }}
            />
            {isFollowed && atRun && ` ${t('Without following it here it goes on.')}`}
          </p>
          <div className={classes.footer}>
            {isFollowed && atRun ? (
              <Button
                variant="default"
                onClick={() => {
                  close();
                  void cancelRun();
                }}
              >
                {t('Only stop following')}
              </Button>
            ) : (
              <Button variant="default" onClick={close}>
                {t('Let it go on')}
              </Button>
            )}
            <Button color="red.9" onClick={() => void cancelQueued(run.id)}>
              {t('Cancel on all machines')}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
