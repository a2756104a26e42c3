import { useEffect, useState } from 'react';
import type { ItemDetails } from '../../../shared/ipc/item.ts';
import { request } from '../../ipc/api.ts';
import { runStore } from '../../stores/run.ts';
import { selectionStore } from '../../stores/selection.ts';
import { useStore } from '../../stores/use-store.ts';

/** What main knows of the selected item; the former item's stays until it has come, so that nothing flickers. */
export function useDetails(): ItemDetails | undefined {
  const runId = useStore(runStore, ({ run }) => run?.runId);
  const index = useStore(selectionStore, (state) => state.index);
  const [details, setDetails] = useState<ItemDetails>();
  useEffect(() => {
    let wanted = true;
    if (runId === undefined || index === undefined) return undefined;
    request('item:details', { runId, index }).then(
      (found) => wanted && setDetails(found),
      () => wanted && setDetails(undefined),
    );
    return () => {
      wanted = false;
    };
  }, [runId, index]);
  return index === undefined ? undefined : details;
}
