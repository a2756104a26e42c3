import { Button, SegmentedControl } from '@mantine/core';
import { t } from '../../../languages/translate.ts';
import type {
  ReasonForNoUpdates,
  UpdateChoice,
  UpdateState,
} from '../../../shared/updates/update-messages.ts';
import { request } from '../../ipc/api.ts';
import { appStore, changeSettings } from '../../stores/app.ts';
import { updatesStore } from '../../stores/notes/updates.ts';
import { attempt } from '../../stores/problem.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './SettingsDialog.module.css';

/** What is done about newer versions, and what is known of them. */
export function UpdateSettings() {
  const state = useStore(updatesStore, (updates) => updates.state);
  const choice = useStore(appStore, ({ settings }) => settings.updates);
  if (state.kind === 'none') return <p className={classes.words}>{whyNone(state.why)}</p>;
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('Updates')}
        data={choices()}
        value={choice}
        onChange={(updates) => changeSettings({ updates })}
      />
      <p className={classes.words}>
        {t(
          'Asks once a day which version is the newest, and tells the server nothing but that. Nothing is installed while a run is on.',
        )}
      </p>
      <p className={classes.state} role="status">
        {wordsFor(state)}
      </p>
      <Action state={state} />
    </>
  );
}

function choices(): { value: UpdateChoice; label: string }[] {
  return [
    { value: 'off', label: t('Off') },
    { value: 'tell', label: t('Tell me') },
    { value: 'install', label: t('Install when I quit') },
  ];
}

function whyNone(why: ReasonForNoUpdates): string {
  switch (why) {
    case 'unpacked':
      return t('This copy runs from its source and is not updated by itself.');
    case 'distribution':
      return t('This copy came with a package of your system, which keeps it up to date.');
    case 'by-hand':
      return t('This copy has no installer and cannot replace itself: put a newer one in its place.');
  }
}

function wordsFor(state: UpdateState): string {
  switch (state.kind) {
    case 'looking':
      return t('Looking…');
    case 'newest':
      return t('This is the newest version.');
    case 'found':
      return t('Shoal {{version}} is out.', { version: state.version });
    case 'downloading':
      return t('Shoal {{version}} is coming: {{share, number}} %', {
        version: state.version,
        share: Math.floor(state.share * 100),
      });
    case 'ready':
      return t('Shoal {{version}} is here, and is installed when you quit.', { version: state.version });
    case 'failed':
      return state.message;
    case 'idle':
    case 'none':
      return '';
  }
}

function Action({ state: { kind } }: { readonly state: UpdateState }) {
  const isBusy = useStore(runStore, ({ on }) => on !== undefined);
  const ask = (name: 'updates:look' | 'updates:download' | 'updates:restart') => () =>
    void attempt(() => request(name));
  if (kind === 'found')
    return (
      <Button variant="default" onClick={ask('updates:download')}>
        {t('Download')}
      </Button>
    );
  if (kind === 'ready')
    return (
      <Button variant="default" disabled={isBusy} onClick={ask('updates:restart')}>
        {isBusy ? t('Restart after the run') : t('Restart now')}
      </Button>
    );
  return (
    <Button
      variant="default"
      disabled={kind === 'looking' || kind === 'downloading'}
      onClick={ask('updates:look')}
    >
      {t('Look for updates')}
    </Button>
  );
}
