import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
import { handOut, useLookAtMachines } from '../../actions/machine-actions.ts';
import { machineCount, workersWords } from '../../lib/machine-words.ts';
import { inputsStore, type JobKind, kindOf } from '../../stores/inputs.ts';
import { chooseOutput, jobStore } from '../../stores/job.ts';
import { machinesStore, showHandOut } from '../../stores/machines/machines.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './Dialogs.module.css';

const close = () => showHandOut(false);

/** Says what a run on other machines needs, before it is handed out to them. */
export function HandOutDialog() {
  const kind = useStore(inputsStore, kindOf);
  const opened = useStore(machinesStore, (state) => state.handsOut);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('Run on other machines')}
      size="lg"
      centered
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <Before kind={kind} />
    </Modal>
  );
}

function Before({ kind }: { readonly kind: JobKind }) {
  useLookAtMachines();
  const now = useStore(machinesStore, (state) => state.now);
  const queue = useStore(machinesStore, ({ choice }) => choice.queue);
  const output = useStore(jobStore, ({ outputs }) => outputs[kind]);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const isReached = now?.connection === 'connected';
  const start = async () => {
    setBusy(true);
    setProblem(await handOut());
    setBusy(false);
  };
  return (
    <>
      <p className={classes.words} role="status">
        <bdi>{queue}</bdi>
        {': '}
        {now === undefined
          ? t('Connecting to the queue…')
          : isReached
            ? workersWords(now)
            : (now.problem ?? t('The queue is not reached'))}
      </p>
      <p className={classes.words}>
        {output === undefined ? (
          t('Results need a folder that all machines see under the same path: choose one.')
        ) : (
          <Trans
            i18n={words}
            i18nKey="Results go to <place/>. All machines have to see this folder under the same path."
            components={{ place: <bdi className="selectable">{output.display}</bdi> }}
          />
        )}{' '}
        {kind === 'thumbnails' && t('They read the images under the paths that these have here.')}
        {kind === 'fetch' && t('Passwords, headers and cookies are not handed out: each worker has its own.')}
      </p>
      {problem !== undefined && (
        <p className={`${classes.problem} selectable`} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.footer}>
        <Button variant="default" onClick={() => void chooseOutput(kind)}>
          {t('Choose the folder…')}
        </Button>
        <Button disabled={output === undefined || !isReached} loading={busy} onClick={() => void start()}>
          {now && now.workers.length > 0
            ? t('Run on {{count, number}} machines', { count: machineCount(now) })
            : t('Hand it out')}
        </Button>
      </div>
    </>
  );
}
