import { ActionIcon, Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconFolderOff,
  IconFolderSearch,
  IconPlayerPause,
  IconX,
} from '@tabler/icons-react';
import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
import type { WatchedFolder } from '../../../shared/ipc/watched.ts';
import { openResults, showRunThatIsOn } from '../../actions/screens.ts';
import { lookNow, pauseWatching, stopWatching } from '../../actions/watched-actions.ts';
import frame from '../../components/Entry.module.css';
import texts from '../../components/EntryWords.module.css';
import { kindIcons } from '../../components/kind-icons.ts';
import { resultWords, whenWords } from '../../lib/run-words.ts';
import { RunPicturesRow } from './RunPicturesRow.tsx';
import classes from './WatchedCard.module.css';
import { stateWords } from './watched-words.ts';

const stateIcons = {
  looking: IconFolderSearch,
  'up-to-date': IconCircleCheck,
  waiting: IconClock,
  working: kindIcons.thumbnails,
  paused: IconPlayerPause,
  gone: IconFolderOff,
  failed: IconAlertTriangle,
} as const;

/** A folder that is kept up to date: what is made of it and where, how it stands, and what its last run came to. */
export function WatchedCard({ folder }: { readonly folder: WatchedFolder }) {
  const { title, settings, destination, state, last } = folder;
  const Icon = stateIcons[state];
  const Kind = kindIcons.thumbnails;
  return (
    <li className={`${frame.entry} ${classes.card}`}>
      {last ? (
        <RunPicturesRow key={last.id} run={last} />
      ) : (
        <span className={classes.kind} aria-hidden>
          <Kind size={24} stroke={1.4} />
        </span>
      )}
      <div className={frame.words}>
        <h3 className={texts.title} title={title}>
          <bdi>{title}</bdi>
        </h3>
        <p className={`${texts.line} ${frame.fact}`}>
          {settings}
          {' · '}
          <Trans i18n={words} i18nKey="to <place/>" components={{ place: <bdi>{destination}</bdi> }} />
        </p>
        <p className={`${texts.line} ${frame.state} ${classes.state}`} data-state={state}>
          <Icon size={14} stroke={1.75} aria-hidden />
          <span>{stateWords(folder)}</span>
        </p>
        {last && (
          <p className={`${texts.line} ${frame.fact} numbers`}>
            {t('Last: {{result}}', { result: `${resultWords(last)} · ${whenWords(last, Date.now())}` })}
          </p>
        )}
      </div>
      <Actions folder={folder} />
    </li>
  );
}

function Actions({ folder }: { readonly folder: WatchedFolder }) {
  const { id, title, state, paused, last } = folder;
  const isOn = state === 'working';
  return (
    <div className={`${frame.actions} ${classes.actions}`}>
      {isOn && (
        <Action name={t('Show its run: {{title}}', { title })} act={() => void showRunThatIsOn()}>
          {t('Show its run')}
        </Action>
      )}
      {!isOn && last && (
        <Action name={t('Results: {{title}}', { title })} act={() => void openResults(last.id)}>
          {t('Results')}
        </Action>
      )}
      {!isOn && (
        <Action name={t('Run now: {{title}}', { title })} act={() => void lookNow(id)}>
          {t('Run now')}
        </Action>
      )}
      <Action
        name={paused ? t('Continue: {{title}}', { title }) : t('Pause: {{title}}', { title })}
        act={() => void pauseWatching(id, !paused)}
      >
        {paused ? t('Continue') : t('Pause')}
      </Action>
      <ActionIcon
        size="sm"
        aria-label={t('Stop watching: {{title}}', { title })}
        title={t('Stop watching; what was made stays')}
        onClick={() => void stopWatching(folder)}
      >
        <IconX size={14} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}

interface ActionProps {
  readonly name: string;
  readonly act: () => void;
  readonly children: string;
}

function Action({ name, act, children }: ActionProps) {
  return (
    <Button size="compact-sm" variant="subtle" aria-label={name} onClick={act}>
      {children}
    </Button>
  );
}
