import { useEffect, useRef } from 'react';
import type { RunId } from '../../shared/ipc/run.ts';
import { forgetRefused } from '../stores/inputs.ts';
import { forgetProblem } from '../stores/problem.ts';
import type { Tab } from '../stores/screen.ts';
import type { Stage } from '../stores/stage.ts';

interface Screen {
  readonly stage: Stage;
  readonly tab: Tab;
  readonly runId: RunId | undefined;
}

/** What every change of the screen brings with it, whoever caused it. */
export function useScreenChange(screen: Screen): void {
  const { stage, tab, runId } = screen;
  const before = useRef<Screen>(screen);
  useEffect(() => {
    const last = before.current;
    before.current = { stage, tab, runId };
    if (last.stage === stage && last.tab === tab && last.runId === runId) return;
    keepFocus();
    // What is given, or cannot be started, brings its screen and its problem together.
    if (last.tab !== tab || (last.stage !== stage && stage !== 'ready')) {
      forgetProblem();
      forgetRefused();
    }
  }, [stage, tab, runId]);
}

/** With what had it, the focus goes away: then it is on the new screen's heading, from which Tab goes on. */
function keepFocus(): void {
  const { activeElement } = document;
  if (activeElement !== null && activeElement !== document.body) return;
  const heading = document.querySelector<HTMLElement>('main :is(h1, h2)');
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
