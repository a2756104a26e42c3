import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import type { HTMLAttributes, KeyboardEvent } from 'react';
import { Trans } from 'react-i18next';
import { t, words } from '../../../languages/translate.ts';
import type { QueueEntry } from '../../../shared/ipc/queue.ts';
import { editInQueue, removeFromQueue } from '../../actions/queue-actions.ts';
import frame from '../../components/Entry.module.css';
import texts from '../../components/EntryWords.module.css';
import { kindIcons } from '../../components/kind-icons.ts';
import classes from './QueueRow.module.css';

interface QueueRowProps {
  readonly entry: QueueEntry;
  readonly place: number;
  readonly isLast: boolean;
  readonly onMove: (by: number) => void;
  /** What lets it be dragged to another place. */
  readonly drag: HTMLAttributes<HTMLLIElement>;
}

/** A run that waits: what, with which settings, to where. It is dragged, or moved by its buttons, or by Alt and an arrow key. */
export function QueueRow({ entry, place, isLast, onMove, drag }: QueueRowProps) {
  const { id, kind, title, settings, destination, needs, problem } = entry;
  const Icon = kindIcons[kind];
  const pressed = (event: KeyboardEvent) => {
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (by === undefined) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <li className={`${frame.entry} ${classes.row}`} onKeyDown={pressed} {...drag}>
      <span className={`${classes.place} numbers`} aria-hidden>
        {place}
      </span>
      <Icon size={20} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={frame.words}>
        <h3 className={texts.title} title={title}>
          <bdi>{title}</bdi>
        </h3>
        <p className={`${texts.line} ${frame.fact}`}>
          {settings}
          {settings !== '' && destination !== '' && ' · '}
          {destination !== '' && (
            <Trans i18n={words} i18nKey="to <place/>" components={{ place: <bdi>{destination}</bdi> }} />
          )}
        </p>
        {needs.length > 0 && (
          <p className={`${texts.line} ${classes.problem}`}>
            {t('Not kept on the disk: {{needs}}. Edit it and give that again; it does not start without.', {
              needs: needs.join(', '),
            })}
          </p>
        )}
        {problem !== undefined && (
          <p className={`${texts.line} ${classes.problem}`}>
            {t('It could not start: {{problem}}', { problem })}
          </p>
        )}
      </div>
      <div className={frame.actions}>
        <ActionIcon
          aria-label={t('Earlier: {{title}}', { title })}
          disabled={place === 1}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={16} stroke={1.6} />
        </ActionIcon>
        <ActionIcon aria-label={t('Later: {{title}}', { title })} disabled={isLast} onClick={() => onMove(1)}>
          <IconArrowDown size={16} stroke={1.6} />
        </ActionIcon>
        <Button
          variant="subtle"
          aria-label={t('Edit: {{title}}', { title })}
          onClick={() => void editInQueue(id)}
        >
          {t('Edit')}
        </Button>
        <ActionIcon
          aria-label={t('Remove from the queue: {{title}}', { title })}
          onClick={() => void removeFromQueue(id)}
        >
          <IconX size={16} stroke={1.6} />
        </ActionIcon>
      </div>
    </li>
  );
}
