import { Button, SegmentedControl } from '@mantine/core';
import { IconCornerDownLeft } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import { picturesLine } from '../../../shared/told/settings-line.ts';
import { addToQueue } from '../../actions/queue-actions.ts';
import { clear, startRun } from '../../actions/run-actions.ts';
import { machineCount } from '../../lib/machine-words.ts';
import { appStore } from '../../stores/app.ts';
import { inputsStore, type JobKind, kindOf, prefer } from '../../stores/inputs.ts';
import { jobStore } from '../../stores/job.ts';
import { machinesStore, showHandOut } from '../../stores/machines/machines.ts';
import { canStart, makesOnlySets, previewStore } from '../../stores/preview.ts';
import { runStore } from '../../stores/run.ts';
import { hasUnfitFields, unfitFieldsStore } from '../../stores/unfit-fields.ts';
import { useStore } from '../../stores/use-store.ts';
import { ContentsChips } from './contents/ContentsChips.tsx';
import { HostsTable } from './contents/HostsTable.tsx';
import { InputList } from './InputList.tsx';
import { ItemsWanted } from './ItemsWanted.tsx';
import { KeepGivenUpToDate } from './KeepGivenUpToDate.tsx';
import { ModuleRow } from './ModuleRow.tsx';
import { PassedOver } from './PassedOver.tsx';
import { PreviewFacts } from './PreviewFacts.tsx';
import { startWords } from './preview-words.ts';
import classes from './ReadyScreen.module.css';
import { SampleStrip } from './samples/SampleStrip.tsx';
import { UnusableLines } from './UnusableLines.tsx';

/** Shows what a run would do, before it starts. Enter or the button starts it. */
export function ReadyScreen() {
  const inputs = useStore(inputsStore, (state) => state.inputs);
  const kind = useStore(inputsStore, kindOf);
  const { preview, loading, problem, forecast } = useStore(previewStore, (state) => state);
  const module = useStore(inputsStore, (state) => state.module);
  const isEmpty = inputs.length === 0;
  const mixed =
    kind !== 'map' &&
    inputs.some((input) => input.kind === 'list') &&
    inputs.some((input) => input.kind !== 'list');
  const isOneFolder = kind === 'thumbnails' && inputs.length === 1 && inputs[0]?.kind === 'folder';
  const unfit = useStore(unfitFieldsStore, hasUnfitFields);
  const startable = useStore(previewStore, canStart) && !unfit && !isEmpty;
  const onlySets = useStore(previewStore, ({ preview: seen }) => seen !== undefined && makesOnlySets(seen));
  const busy = useStore(runStore, ({ on }) => on !== undefined);
  const force = useStore(jobStore, (state) => state.force);
  const recipe = useStore(appStore, ({ settings }) => (kind === 'map' ? undefined : settings[kind]));
  const pictures = picturesLine({ kind, recipe }, t).join(', ');
  return (
    <div className={classes.screen}>
      <div className={classes.scroll}>
        {isEmpty ? (
          <ItemsWanted />
        ) : (
          <PreviewFacts {...{ kind, preview, loading, problem, forecast, force, pictures }} />
        )}
        {module !== undefined && <ModuleRow module={module} isBroken={problem !== undefined} />}
        {preview !== undefined && <ContentsChips preview={preview} />}
        {mixed && <KindChoice kind={kind} />}
        {preview !== undefined && preview.unusable > 0 && <UnusableLines preview={preview} kind={kind} />}
        {preview !== undefined && preview.warnings.length > 0 && <PassedOver warnings={preview.warnings} />}
        {kind === 'thumbnails' && <SampleStrip />}
        {kind === 'fetch' && preview !== undefined && (
          <HostsTable contents={preview.contents} partial={preview.partial} />
        )}
        {!isEmpty && <InputList inputs={inputs} kind={kind} />}
      </div>
      <footer className={classes.footer}>
        {isOneFolder && <KeepGivenUpToDate disabled={problem !== undefined || unfit} />}
        <Button variant="subtle" color="gray" onClick={clear}>
          {t('Clear')}
        </Button>
        <Button
          size="sm"
          variant={busy ? 'filled' : 'default'}
          disabled={!startable}
          title={
            busy ? t('It starts when the run that is on has ended') : t('With the settings as they are now')
          }
          onClick={() => void addToQueue()}
        >
          {t('Add to queue')}
        </Button>
        <HandOutButton disabled={!startable} busy={busy} />
        {!busy && (
          <Button
            size="sm"
            disabled={!startable}
            onClick={() => void startRun()}
            rightSection={<IconCornerDownLeft size={14} aria-hidden />}
          >
            {startWords(kind, preview, onlySets)}
          </Button>
        )}
      </footer>
    </div>
  );
}

/** Where a queue is set. How many machines it has is known when somebody has looked at it. */
function HandOutButton({ disabled, busy }: { readonly disabled: boolean; readonly busy: boolean }) {
  const hasQueue = useStore(machinesStore, ({ choice }) => choice.queue !== undefined);
  const machines = useStore(machinesStore, ({ now }) => (now ? machineCount(now) : 0));
  if (!hasQueue) return null;
  return (
    <Button
      size="sm"
      variant="default"
      disabled={disabled || busy}
      title={busy ? t('When the run that is on has ended') : undefined}
      onClick={() => showHandOut(true)}
    >
      {machines > 0
        ? t('Run on {{count, number}} machines…', { count: machines })
        : t('Run on other machines…')}
    </Button>
  );
}

function KindChoice({ kind }: { readonly kind: JobKind }) {
  return (
    <div className={classes.choice}>
      <span>{t('Images and lists were given. A run does one of them:')}</span>
      <SegmentedControl
        size="xs"
        aria-label={t('What to do')}
        value={kind}
        onChange={prefer}
        data={[
          { value: 'thumbnails', label: t('Thumbnails') },
          { value: 'fetch', label: t('Downloads') },
        ]}
      />
    </div>
  );
}
