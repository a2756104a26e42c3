import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import { request } from '../../ipc/api.ts';
import { updatesStore } from '../../stores/notes/updates.ts';
import { attempt } from '../../stores/problem.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './NoteBar.module.css';
import { NoteBar } from './NoteBar.tsx';

/** Tells of a newer version, once. In the middle of a run it is not installed, and not mentioned. */
export function UpdateNote() {
  const state = useStore(updatesStore, (updates) => updates.state);
  const isBusy = useStore(runStore, ({ on }) => on !== undefined);
  if (isBusy || (state.kind !== 'found' && state.kind !== 'ready') || state.isQuiet) return null;
  const { kind, version } = state;
  return (
    <NoteBar
      name={t('Update')}
      icon={<IconDownload size={16} stroke={1.6} aria-hidden className={classes.icon} />}
      words={
        kind === 'found'
          ? t('Shoal {{version}} is out.', { version })
          : t('Shoal {{version}} is here, and is installed when you quit.', { version })
      }
      onDismiss={() => void attempt(() => request('updates:not-now'))}
    >
      {kind === 'found' ? (
        <Button variant="subtle" onClick={() => void attempt(() => request('updates:download'))}>
          {t('Download')}
        </Button>
      ) : (
        <Button variant="subtle" onClick={() => void attempt(() => request('updates:restart'))}>
          {t('Restart now')}
        </Button>
      )}
    </NoteBar>
  );
}
