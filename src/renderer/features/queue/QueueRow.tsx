import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDownload, IconPhoto, IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { QueueEntry } from '../../../shared/ipc/queue.ts';
import { editInQueue, removeFromQueue } from '../../actions/queue-actions.ts';
import classes from './QueueRow.module.css';

interface QueueRowProps {
  readonly entry: QueueEntry;
  readonly place: number;
  readonly isLast: boolean;
  readonly onMove: (by: number) => void;
}

/** A run that waits: what, with which settings, to where. Alt and an arrow key move it too. */
export function QueueRow({ entry, place, isLast, onMove }: QueueRowProps) {
  const { id, kind, title, settings, destination, needs, problem } = entry;
  const Icon = kind === 'fetch' ? IconDownload : IconPhoto;
  const pressed = (event: KeyboardEvent) => {
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (by === undefined) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <li className={classes.row} onKeyDown={pressed}>
      <span className={`${classes.place} numbers`} aria-hidden>
        {place}
      </span>
      <Icon size={20} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <h3 className={classes.title} title={title}>
          <bdi>{title}</bdi>
        </h3>
        <p className={classes.fact}>
          {settings !== '' && `${settings} · `}to <bdi>{destination}</bdi>
        </p>
        {needs.length > 0 && (
          <p className={classes.problem}>
            Not kept on the disk: {needs.join(', ')}. Edit it and give that again; it does not start without.
          </p>
        )}
        {problem !== undefined && <p className={classes.problem}>It could not start: {problem}</p>}
      </div>
      <div className={classes.actions}>
        <ActionIcon aria-label={`Earlier: ${title}`} disabled={place === 1} onClick={() => onMove(-1)}>
          <IconArrowUp size={16} stroke={1.6} />
        </ActionIcon>
        <ActionIcon aria-label={`Later: ${title}`} disabled={isLast} onClick={() => onMove(1)}>
          <IconArrowDown size={16} stroke={1.6} />
        </ActionIcon>
        <Button variant="subtle" aria-label={`Edit: ${title}`} onClick={() => void editInQueue(id)}>
          Edit
        </Button>
        <ActionIcon aria-label={`Remove from the queue: ${title}`} onClick={() => void removeFromQueue(id)}>
          <IconX size={16} stroke={1.6} />
        </ActionIcon>
      </div>
    </li>
  );
}
