import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFolder, IconPhoto } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import { prepareAgain } from '../../actions/prepared.ts';
import { sameAgain } from '../../actions/run-actions.ts';
import { newRun } from '../../actions/screens.ts';
import { request } from '../../ipc/api.ts';
import { inputsStore } from '../../stores/inputs.ts';
import { attempt } from '../../stores/problem.ts';
import { runStore } from '../../stores/run.ts';
import type { RunView } from '../../stores/run-view.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './ReportActions.module.css';

export function ReportActions({ run: { runId, destination, sets = [] } }: { readonly run: RunView }) {
  const waiting = useStore(inputsStore, (state) => state.inputs.length);
  const canRepeat = useStore(inputsStore, (state) => state.ofRun.length > 0);
  const opened = useStore(runStore, (state) => state.opened);
  // The gallery has all that the sheet has. A manifest is for programs.
  const openable = (['gallery', 'contactSheet'] as const).find((kind) =>
    sets.some((set) => set.kind === kind),
  );
  const save = (format: 'csv' | 'json' | 'html') => attempt(() => request('report:save', { runId, format }));
  return (
    <div className={classes.actions}>
      {destination !== '' && !destination.startsWith('s3://') && (
        <Button
          variant="default"
          leftSection={<IconFolder size={14} />}
          onClick={() => void attempt(() => request('output:open-folder', { runId }))}
        >
          {t('Open folder')}
        </Button>
      )}
      {openable && (
        <Button
          variant="default"
          leftSection={<IconPhoto size={14} />}
          onClick={() => void attempt(() => request('output:open-set', { runId, kind: openable }))}
        >
          {openable === 'gallery' ? t('Open gallery') : t('Open contact sheet')}
        </Button>
      )}
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            {t('Save report')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void save('csv')}>{t('As a table (CSV)…')}</Menu.Item>
          <Menu.Item onClick={() => void save('json')}>{t('As data (JSON)…')}</Menu.Item>
          <Menu.Item onClick={() => void save('html')}>{t('As a page (HTML)…')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {(opened !== undefined || (canRepeat && waiting === 0)) && (
        <Button
          variant="default"
          onClick={() => (opened === undefined ? sameAgain() : void prepareAgain(opened))}
        >
          {t('Run again')}
        </Button>
      )}
      <Button onClick={newRun}>{t(waiting > 0 ? 'Next' : 'New run')}</Button>
    </div>
  );
}
