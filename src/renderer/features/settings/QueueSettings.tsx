import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../languages/translate.ts';
import { request } from '../../ipc/api.ts';
import { machinesStore, takeQueueChoice } from '../../stores/machines/machines.ts';
import { useStore } from '../../stores/use-store.ts';
import classes from './SettingsDialog.module.css';

const example = 'redis://host:6379';

/** The queue by which runs are handed out to several machines. Nothing is connected here. */
export function QueueSettings() {
  const { queue, isKept, offered } = useStore(machinesStore, ({ choice }) => choice);
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const text = typed ?? queue ?? '';
  const set = async (asked: () => ReturnType<typeof offeredQueue>) => {
    try {
      takeQueueChoice(await asked());
      setTyped(undefined);
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const save = () => {
    if (typed === undefined) return;
    const wanted = typed.trim();
    void set(() => request('machines:set-queue', { queue: wanted === '' ? null : wanted }));
  };
  return (
    <>
      <TextInput
        size="xs"
        className={classes.wide ?? ''}
        aria-label={t('Queue for several machines')}
        placeholder={example}
        spellCheck={false}
        value={text}
        error={problem}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={({ key }) => {
          if (key === 'Enter') save();
        }}
      />
      {offered !== undefined && (
        <Button variant="default" onClick={() => void set(offeredQueue)}>
          {t('Use that of SHOAL_QUEUE: {{offered}}', { offered })}
        </Button>
      )}
      <p className={classes.words}>
        {queue !== undefined && !isKept
          ? t('It has a password, so it is used until the window is closed, and not kept.')
          : t(
              'A Redis or Valkey server, from which machines with “shoal work” take their part of a run. One with a password is not kept.',
            )}
      </p>
    </>
  );
}

function offeredQueue() {
  return request('machines:use-offered');
}
