import { Button } from '@mantine/core';
import { IconCheck, IconFolderSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { t } from '../../../languages/translate.ts';
import type { RunId } from '../../../shared/ipc/run.ts';
import type { WatchOffer } from '../../../shared/ipc/watched.ts';
import { keepFolderOfRun } from '../../actions/watched-actions.ts';
import { request } from '../../ipc/api.ts';
import { useStore } from '../../stores/use-store.ts';
import { watchedStore } from '../../stores/watched/watched-folders.ts';
import classes from './KeepFolderOfRun.module.css';

/** Keeps the folder of a run up to date, or says that it is. Of other runs nothing is shown. */
export function KeepFolderOfRun({ runId }: { readonly runId: RunId }) {
  const [offer, setOffer] = useState<WatchOffer['offer']>('none');
  const watched = useStore(watchedStore, ({ folders }) =>
    folders.map(({ id, paused }) => `${id} ${paused}`).join(),
  );
  const ask = useCallback(
    () =>
      request('watched:offer', { runId }).then(
        (answer) => setOffer(answer.offer),
        () => setOffer('none'),
      ),
    [runId],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is another one when other folders are watched
  useEffect(() => void ask(), [ask, watched]);
  if (offer === 'none') return null;
  const isKept = offer === 'kept';
  const Icon = isKept ? IconCheck : IconFolderSearch;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      className={classes.keep ?? ''}
      // Not disabled, which would take the focus away from who has pressed it.
      aria-disabled={isKept}
      leftSection={<Icon size={14} aria-hidden />}
      onClick={() => {
        // Its folder may have been watched already, with other settings.
        if (!isKept) void keepFolderOfRun(runId).then(ask);
      }}
    >
      {isKept ? t('Kept up to date') : t('Keep this folder up to date')}
    </Button>
  );
}
