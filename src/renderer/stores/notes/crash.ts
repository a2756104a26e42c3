import { createStore } from 'zustand/vanilla';
import type { CrashOffer } from '../../../shared/crash/crash-messages.ts';
import { request } from '../../ipc/api.ts';
import { attempt } from '../problem.ts';

interface CrashState {
  /** The report of an unexpected end that the person has not put away yet. */
  readonly offer: CrashOffer | undefined;
}

export const crashStore = createStore<CrashState>(() => ({ offer: undefined }));

/** A report is a help: if it cannot be read, none is offered. */
export async function loadCrash(): Promise<void> {
  const offer = await request('crash:offer').catch(() => null);
  crashStore.setState({ offer: offer ?? undefined });
}

/** Puts the report away: it stays where it lies, and is not offered again. */
export async function crashSeen(): Promise<void> {
  crashStore.setState({ offer: undefined });
  await attempt(() => request('crash:seen'));
}
