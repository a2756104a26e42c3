import { fetchSettings } from '../settings/fetch-settings.ts';
import { poolCeilings } from '../settings/pool-sizes.ts';
import { runSettings } from '../settings/run-settings.ts';
import type { Limit } from './limit.ts';
import { bytes, percent, processorUse, time } from './limit-units.ts';

export type Where = 'terminal' | 'window';

/** What limits a run and what would help, in the words for the place where it is shown. */
export function limitSentence(limit: Limit, where: Where): string {
  switch (limit.kind) {
    case 'processor':
      return processorSentence(limit);
    case 'disk':
      return `The disk limits this run: its threads spend ${percent(limit.share)} of their time reading and writing. A larger pool would hardly help.`;
    case 'memory':
      return `Memory limits this run: ${percent(limit.share)} of the files found no room in it and took the way by the disk. A smaller pool would help.`;
    case 'host-limit': {
      const who = limit.host === undefined ? 'Each host' : limit.host;
      const each = limit.ms === undefined ? '' : ` and takes ${time(limit.ms)} each`;
      const help = `${set(fetchSettings.perHost, where, limit.suggested)} would ${gained(limit.gain)}, or wait`;
      return `${who} is asked ${limit.atOnce} at once${each}: ${help}.`;
    }
    case 'host-answers':
      return `${limit.host} takes ${time(limit.ms)} to answer, and ${time(limit.fastestMs)} when it is asked for little: it gives what it can, and asking for more at once would not help.`;
    case 'refusals':
      return `${limit.host} turns requests away (429 or 503, ${limit.refusals} so far) and gets no more than it bears, ${limit.perSecond}/s: only waiting helps.`;
    case 'gap':
      return `${limit.host} is asked once in ${time(limit.gapMs)}, as ${where === 'terminal' ? `${fetchSettings.minGap.flag} or the site` : 'the site or you'} asked for.`;
    case 'network': {
      const from = limit.host === undefined ? '' : `, or what ${limit.host} sends of it`;
      return `The network limits this run${from}: ${percent(limit.share)} of the time goes into bodies, which come at ${bytes(limit.bytesPerSecond)}/s.`;
    }
    case 'bandwidth': {
      const own = where === 'terminal' ? fetchSettings.bandwidth.flag : 'The bandwidth that you allow';
      return `${own} limits this run: ${bytes(limit.bytesPerSecond)}/s come of ${bytes(limit.limit)}/s.`;
    }
    case 'pool':
      return poolSentence(limit, where);
    case 'reader':
      return `Reading the list or folder limits this run: for ${percent(limit.share)} of the time there was nothing to begin.`;
  }
}

/** The same in a few words, for a line that has more to tell. */
export function limitWords(limit: Limit): string {
  switch (limit.kind) {
    case 'processor':
    case 'disk':
    case 'memory':
    case 'network':
    case 'bandwidth':
      return limit.kind;
    case 'host-limit':
      return `${limit.atOnce} at once a host`;
    case 'host-answers':
      return 'answers of the host';
    case 'refusals':
      return 'refusals';
    case 'gap':
      return 'gap between requests';
    case 'pool':
      return 'pool size';
    case 'reader':
      return 'reading';
  }
}

function processorSentence(limit: Extract<Limit, { kind: 'processor' }>): string {
  const { thread } = limit;
  if (thread === undefined)
    return `The processor limits this run: ${processorUse(limit)} A larger pool would not help.`;
  const which =
    thread === 'main' ? 'the thread that plans and reports is' : 'the threads that hold the connections are';
  return `The processor limits this run: ${which} always busy, and a larger pool would not help.`;
}

function poolSentence(limit: Extract<Limit, { kind: 'pool' }>, where: Where): string {
  const { poolSize, ms, suggested, gain, perHost } = limit;
  const each = ms === undefined ? '' : `, and an item takes ${time(ms)}`;
  const places = poolSize === 1 ? 'its only place is' : `its ${poolSize} places are`;
  const told = `The pool size limits this run: ${places} always taken${each}.`;
  // Where the slider or the flag ends, there is nothing to be advised.
  if (suggested > poolCeilings[where]) return told;
  const pool = where === 'terminal' ? `${runSettings.poolSize.flag} ${suggested}` : `A size of ${suggested}`;
  const also = perHost === undefined ? '' : ` with ${set(fetchSettings.perHost, where, perHost)}`;
  return `${told} ${pool}${also} could ${gained(gain)}.`;
}

interface Named {
  readonly flag: string;
  readonly field: { readonly label: string };
}

/** A setting with a value, by its flag or by its field. */
function set({ flag, field }: Named, where: Where, value: number): string {
  return where === 'terminal' ? `${flag} ${value}` : `“${field.label}” at ${value}`;
}

function gained(gain: number): string {
  return gain >= 2 ? 'double it' : `make it ${gain} times as fast`;
}
