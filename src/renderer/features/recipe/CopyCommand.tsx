import { Button } from '@mantine/core';
import { IconCheck, IconTerminal2 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { t, told } from '../../../languages/translate.ts';
import { fetchAccessSettings } from '../../../shared/settings/fetch-settings.ts';
import { request } from '../../ipc/api.ts';
import { inputsStore, kindOf } from '../../stores/inputs.ts';
import { currentRequest, jobStore } from '../../stores/job.ts';
import { attempt } from '../../stores/problem.ts';
import { hasUnfitFields, unfitFieldsStore } from '../../stores/unfit-fields.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './CopyCommand.module.css';

const shownMs = 4_000;

/** Copies the same run to the clipboard as a command line, and shows the copied line. */
export function CopyCommand() {
  const [command, setCommand] = useState<string>();
  useEffect(() => {
    if (command === undefined) return undefined;
    const timer = setTimeout(() => setCommand(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [command]);
  const unfit = useStore(unfitFieldsStore, hasUnfitFields);
  const kind = useStore(inputsStore, kindOf);
  const session = useStore(jobStore, (state) => state.session[kind]);
  const withheld = Object.entries(fetchAccessSettings)
    .filter(([key]) => Object.hasOwn(session, key))
    .map(([, { field }]) => told(field.label))
    .join(', ');
  const copy = async () => {
    const wanted = currentRequest();
    if (wanted === undefined) return;
    const answer = await attempt(() => request('run:copy-command', wanted));
    setCommand(answer?.command);
  };
  return (
    <div>
      <Button
        fullWidth
        variant="default"
        disabled={unfit}
        leftSection={command ? <IconCheck size={14} /> : <IconTerminal2 size={14} />}
        onClick={() => void copy()}
      >
        {command === undefined ? t('Copy as command') : t('Copied')}
      </Button>
      <div role="status">
        {command !== undefined && (
          <>
            <code className={`${classes.command} selectable`}>{command}</code>
            {withheld !== '' && (
              <p className={classes.withheld}>
                {t('Not copied, as it gives access: {{settings}}.', { settings: withheld })}
              </p>
            )}
          </>
        )}
      </div>
    </div>
  );
}
