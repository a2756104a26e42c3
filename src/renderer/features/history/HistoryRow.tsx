import { ActionIcon, Button, Checkbox, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { t } from '../../../languages/translate.ts';
import type { FormerRun } from '../../../shared/ipc/history.ts';
import { askToUndo } from '../../actions/history-actions.ts';
import { followQueued } from '../../actions/machine-actions.ts';
import { prepareAgain } from '../../actions/prepared.ts';
import { openResults } from '../../actions/screens.ts';
import { kindIcons } from '../../components/kind-icons.ts';
import { duration } from '../../lib/format.ts';
import { outcomeWords, timeWords } from '../../lib/run-words.ts';
import { ask, toggleMark } from '../../stores/history.ts';
import { machinesStore } from '../../stores/machines/machines.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './HistoryRow.module.css';

interface HistoryRowProps {
  readonly run: FormerRun;
  readonly style: CSSProperties;
  readonly marked: boolean;
}

export function HistoryRow({ run, style, marked }: HistoryRowProps) {
  const { id, kind, title, settings, standing, front, startedAt, seconds, handedOut } = run;
  const hasQueue = useStore(machinesStore, ({ choice }) => choice.queue !== undefined);
  const Icon = kindIcons[kind];
  const isOn = standing === 'running';
  const time = timeWords(startedAt);
  const result = outcomeWords(run);
  const facts = [
    settings,
    front === 'terminal' ? t('command line') : '',
    handedOut ? t('on other machines, to {{place}}', { place: handedOut.place }) : '',
    duration(seconds * 1_000),
  ];
  return (
    <li className={classes.row} style={style}>
      <Checkbox
        size="xs"
        aria-label={t('Mark to compare: {{title}}, {{time}}', { title, time })}
        checked={marked}
        onChange={() => toggleMark(id)}
      />
      <span className={`${classes.time} numbers`}>{time}</span>
      <Icon size={18} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title} title={title}>
          <strong>
            <bdi>{title}</bdi>
          </strong>
          <span className={`${classes.result} numbers`} data-rest={standing === 'unfinished'}>
            {result}
          </span>
        </p>
        <p className={`${classes.fact} numbers`}>{facts.filter((fact) => fact !== '').join(' · ')}</p>
      </div>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-label={t('Results: {{title}}, {{time}}', { title, time })}
        onClick={() => void openResults(id)}
      >
        {t('Results')}
      </Button>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={t('More: {{title}}, {{time}}', { title, time })}>
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void prepareAgain(id)}>{t('Run again, after a look…')}</Menu.Item>
          {handedOut && hasQueue && (
            <Menu.Item onClick={() => void followQueued(handedOut.run)}>{t('Follow it again')}</Menu.Item>
          )}
          {kind !== 'map' && !handedOut?.place.startsWith('s3://') && (
            <Menu.Item disabled={isOn} onClick={() => void askToUndo(run)}>
              {t('Undo: remove what it made…')}
            </Menu.Item>
          )}
          <Menu.Item disabled={isOn} onClick={() => ask({ kind: 'remove', run })}>
            {t('Remove from the history…')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
