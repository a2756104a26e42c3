import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { t } from '../../../languages/translate.ts';
import type { ErrorCode } from '../../../shared/error-codes/error-codes.ts';
import { canBeMended, passingCodes } from '../../../shared/error-codes/passing-codes.ts';
import { retryFailed } from '../../actions/run-actions.ts';
import { runStore } from '../../stores/run.ts';
import { useStore } from '../../stores/use-store.ts';

/**
 * Tries again what that can help: of all that is shown, what may have passed by itself. Where a person chooses the
 * failed items, or one cause of theirs, what can be mended counts too: perhaps it has been.
 */
export function RetryButton() {
  const run = useStore(runStore, (state) => state.run);
  const filter = useStore(runStore, ({ rows }) => rows.filter);
  const cause = useStore(runStore, ({ rows }) => rows.narrowing?.cause);
  if (run === undefined || run.state !== 'finished') return null;
  const isChosen = filter === 'failed';
  const helps = (code: ErrorCode) =>
    isChosen ? (cause === undefined || code === cause) && canBeMended(code) : passingCodes.has(code);
  const groups = run.failures.filter(({ code }) => helps(code));
  const size = groups.reduce((sum, group) => sum + group.count, 0);
  if (size === 0) return null;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconRefresh size={14} aria-hidden />}
      title={
        isChosen
          ? t('Once what hindered them has been mended')
          : t('Only what may have passed by itself: the network, a busy server, a full machine')
      }
      onClick={() =>
        void retryFailed(
          run.runId,
          groups.map(({ code }) => code),
        )
      }
    >
      {isChosen
        ? t('Retry {{count, number}} failed', { count: size })
        : t('Retry {{count, number}} that may pass', { count: size })}
    </Button>
  );
}
