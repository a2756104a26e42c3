import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
import type { ChosenOutput } from '../../../shared/ipc/inputs.ts';
import { storagePlaceSchema } from '../../../shared/machines/machine-messages.ts';
import { currentPlace, handOut, useLookAtMachines } from '../../actions/machine-actions.ts';
import { machineCount, workersWords } from '../../lib/machine-words.ts';
import { inputsStore, type JobKind, kindOf } from '../../stores/inputs.ts';
import { chooseOutput, jobStore } from '../../stores/job.ts';
import { machinesStore, showHandOut, typeStorage } from '../../stores/machines/machines.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './Dialogs.module.css';

const close = () => showHandOut(false);
/** Said in no language. */
const example = 's3://bucket/prefix';

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
  // Drawn anew with what it is made of.
  useStore(machinesStore, ({ storage }) => storage);
  const hasPlace = currentPlace() !== undefined;
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
      <Place output={output} kind={kind} />
      <p className={classes.words}>{aboutInputs[kind]()}</p>
      {problem !== undefined && (
        <p className={`${classes.problem} selectable`} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.footer}>
        <Button disabled={!hasPlace || !isReached} loading={busy} onClick={() => void start()}>
          {now && now.workers.length > 0
            ? t('Run on {{count, number}} machines', { count: machineCount(now) })
            : t('Hand it out')}
        </Button>
      </div>
    </>
  );
}

const aboutInputs: Readonly<Record<JobKind, () => string>> = {
  thumbnails: () => t('They read the images under the paths that these have here.'),
  fetch: () => t('Passwords, headers and cookies are not handed out: each worker has its own.'),
  map: () => t('They read the module under the path that it has here, and refuse one that differs.'),
};

interface PlaceProps {
  readonly output: ChosenOutput | undefined;
  readonly kind: JobKind;
}

/** Where all machines see what the run makes. */
function Place({ output, kind }: PlaceProps) {
  const storage = useStore(machinesStore, (state) => state.storage);
  const isWrong = storage !== undefined && storage !== '' && !storagePlaceSchema.safeParse(storage).success;
  return (
    <fieldset className={classes.place}>
      <legend className={classes.legend}>{t('Where all machines see the results')}</legend>
      <SegmentedControl
        size="xs"
        aria-label={t('Where all machines see the results')}
        value={storage === undefined ? 'folder' : 'storage'}
        onChange={(value) => typeStorage(value === 'folder' ? undefined : '')}
        data={[
          { value: 'folder', label: t('Folder') },
          { value: 'storage', label: t('Object storage (S3)') },
        ]}
      />
      {storage === undefined ? (
        <>
          <p className={classes.words}>
            {output === undefined ? (
              t('Results need a folder that all machines see under the same path: choose one.')
            ) : (
              <Trans
                i18n={words}
                i18nKey="Results go to <place/>. All machines have to see this folder under the same path."
                components={{ place: <bdi className="selectable">{output.display}</bdi> }}
              />
            )}
          </p>
          <Button variant="default" onClick={() => void chooseOutput(kind)}>
            {t('Choose the folder…')}
          </Button>
        </>
      ) : (
        <TextInput
          label={t('Bucket and prefix')}
          placeholder={example}
          description={t('Access comes from the environment: that of this window, and that of each worker.')}
          value={storage}
          error={isWrong && t('Expected s3://bucket/prefix.')}
          spellCheck={false}
          onChange={({ currentTarget }) => typeStorage(currentTarget.value)}
        />
      )}
    </fieldset>
  );
}
