import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { t } from '../../../languages/translate.ts';
import { compareMarked, loadHistory } from '../../actions/history-actions.ts';
import { count } from '../../lib/format.ts';
import { foundRuns, historyStore, searchHistory } from '../../stores/history.ts';
import { useStore } from '../../stores/use-store.ts';
import { ComparisonDialog } from './ComparisonDialog.tsx';
import { HistoryRow } from './HistoryRow.tsx';
import classes from './HistoryScreen.module.css';
import { linesOf } from './history-lines.ts';
import { QuestionDialog } from './QuestionDialog.tsx';

const rowHeight = 64;
const dayHeight = 40;

/** All runs that have a journal, by day: those of the window and those of the command line. */
export function HistoryScreen() {
  const runs = useStore(historyStore, (state) => state.runs);
  const search = useStore(historyStore, (state) => state.search);
  const marked = useStore(historyStore, (state) => state.marked);
  useEffect(() => void loadHistory(), []);
  const found = useMemo(() => foundRuns(runs ?? [], search), [runs, search]);
  return (
    <div className={classes.screen}>
      <div className={classes.top}>
        <h2 className={classes.title}>{headlineOf(runs?.length, found.length, search)}</h2>
        <TextInput
          size="xs"
          aria-label={t('Search the history')}
          placeholder={t('Title or settings')}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={search}
          onChange={(event) => searchHistory(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={marked.length !== 2}
          title={marked.length === 2 ? undefined : t('Mark two runs to compare them')}
          onClick={() => void compareMarked()}
        >
          {t('Compare two')}
        </Button>
      </div>
      {runs?.length === 0 && (
        <p className={classes.hint}>
          {t(
            'Each run keeps a journal: what was to be done, and how each item ended. It is read here, also of runs of the command line.',
          )}
        </p>
      )}
      {found.length > 0 && <Lines runs={found} />}
      <ComparisonDialog />
      <QuestionDialog />
    </div>
  );
}

function Lines({ runs }: { readonly runs: ReturnType<typeof foundRuns> }) {
  const scroller = useRef<HTMLDivElement>(null);
  const marked = useStore(historyStore, (state) => state.marked);
  const lines = useMemo(() => linesOf(runs, Date.now()), [runs]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (lines[at]?.kind === 'day' ? dayHeight : rowHeight),
    getItemKey: (at) => lines[at]?.key ?? at,
    overscan: 6,
    paddingEnd: 16,
  });
  return (
    // A scrolling area must be reachable by keyboard.
    <div ref={scroller} className={classes.scroller} tabIndex={0} role="group" aria-label={t('Former runs')}>
      <ul className={classes.canvas} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index];
          if (line === undefined) return null;
          const style = { transform: `translateY(${start}px)` };
          return line.kind === 'day' ? (
            <li key={key} className={classes.day} style={style}>
              <h3>{line.day}</h3>
            </li>
          ) : (
            <HistoryRow key={key} run={line.run} style={style} marked={marked.includes(line.run.id)} />
          );
        })}
      </ul>
    </div>
  );
}

function headlineOf(all: number | undefined, found: number, search: string): string {
  if (all === undefined) return t('Reading the journals…');
  if (all === 0) return t('No run has kept a journal yet');
  return search.trim() === ''
    ? t('{{count, number}} runs', { count: all })
    : t('{{found}} of {{count, number}} runs', { count: all, found: count(found) });
}
