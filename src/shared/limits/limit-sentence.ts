import { plain, type Say } from '../say/say.ts';
import { fetchSettings } from '../settings/fetch-settings.ts';
import { poolCeilings } from '../settings/pool-sizes.ts';
import { runSettings } from '../settings/run-settings.ts';
import type { Limit } from './limit.ts';
import { bytes, percent, processorUse, time } from './limit-units.ts';

export type Where = 'terminal' | 'window';

/** What limits a run and what would help, in the words for the place where it is shown. */
export function limitSentence(limit: Limit, where: Where, say: Say = plain): string {
  switch (limit.kind) {
    case 'processor':
      return processorSentence(limit, say);
    case 'disk':
      return say(
        'The disk limits this run: its threads spend {{share}} of their time reading and writing. A larger pool would hardly help.',
        { share: percent(limit.share) },
      );
    case 'memory':
      return say(
        'Memory limits this run: {{share}} of the files found no room in it and took the way by the disk. A smaller pool would help.',
        { share: percent(limit.share) },
      );
    case 'host-limit':
      return hostLimitSentence(limit, where, say);
    case 'host-answers':
      return say(
        '{{host}} takes {{time}} to answer, and {{fastest}} when it is asked for little: it gives what it can, and asking for more at once would not help.',
        { host: limit.host, time: time(limit.ms, say), fastest: time(limit.fastestMs, say) },
      );
    case 'refusals':
      return say(
        '{{host}} turns requests away (429 or 503, {{refusals}} so far) and gets no more than it bears, {{rate, number(useGrouping: false)}}/s: only waiting helps.',
        { host: limit.host, refusals: limit.refusals, rate: limit.perSecond },
      );
    case 'gap': {
      const { host } = limit;
      const gap = time(limit.gapMs, say);
      if (where === 'window')
        return say('{{host}} is asked once in {{gap}}, as the site or you asked for.', { host, gap });
      return `${host} is asked once in ${gap}, as ${fetchSettings.minGap.flag} or the site asked for.`;
    }
    case 'network': {
      const came = { share: percent(limit.share), rate: bytes(limit.bytesPerSecond, say) };
      if (limit.host === undefined)
        return say(
          'The network limits this run: {{share}} of the time goes into bodies, which come at {{rate}}/s.',
          came,
        );
      return say(
        'The network limits this run, or what {{host}} sends of it: {{share}} of the time goes into bodies, which come at {{rate}}/s.',
        { ...came, host: limit.host },
      );
    }
    case 'bandwidth': {
      const rates = { rate: bytes(limit.bytesPerSecond, say), most: bytes(limit.limit, say) };
      if (where === 'window')
        return say('The bandwidth that you allow limits this run: {{rate}}/s come of {{most}}/s.', rates);
      return `${fetchSettings.bandwidth.flag} limits this run: ${rates.rate}/s come of ${rates.most}/s.`;
    }
    case 'pool':
      return poolSentence(limit, where, say);
    case 'reader':
      return say(
        'Reading the list or folder limits this run: for {{share}} of the time there was nothing to begin.',
        { share: percent(limit.share) },
      );
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

function processorSentence(limit: Extract<Limit, { kind: 'processor' }>, say: Say): string {
  switch (limit.thread) {
    case undefined:
      return say('The processor limits this run: {{use}} A larger pool would not help.', {
        use: processorUse(limit, say),
      });
    case 'main':
      return say(
        'The processor limits this run: the thread that plans and reports is always busy, and a larger pool would not help.',
      );
    case 'transfers':
      return say(
        'The processor limits this run: the threads that hold the connections are always busy, and a larger pool would not help.',
      );
  }
}

function hostLimitSentence(limit: Extract<Limit, { kind: 'host-limit' }>, where: Where, say: Say): string {
  const values = {
    host: limit.host ?? say('Each host'),
    atOnce: limit.atOnce,
    setting: set(fetchSettings.perHost, where, limit.suggested, say),
    gain: gained(limit.gain, say),
  };
  if (limit.ms === undefined)
    return say('{{host}} is asked {{atOnce}} at once: {{setting}} would {{gain}}, or wait.', values);
  return say(
    '{{host}} is asked {{atOnce}} at once and takes {{time}} each: {{setting}} would {{gain}}, or wait.',
    {
      ...values,
      time: time(limit.ms, say),
    },
  );
}

function poolSentence(limit: Extract<Limit, { kind: 'pool' }>, where: Where, say: Say): string {
  const { poolSize, ms, suggested, gain, perHost } = limit;
  const told =
    ms === undefined
      ? say(
          'The pool size limits this run: its {{count, number}} places are always taken.',
          { count: poolSize },
          'The pool size limits this run: its only place is always taken.',
        )
      : say(
          'The pool size limits this run: its {{count, number}} places are always taken, and an item takes {{time}}.',
          { count: poolSize, time: time(ms, say) },
          'The pool size limits this run: its only place is always taken, and an item takes {{time}}.',
        );
  // Where the slider or the flag ends, there is nothing to be advised.
  if (suggested > poolCeilings[where]) return told;
  const values = {
    size:
      where === 'terminal'
        ? `${runSettings.poolSize.flag} ${suggested}`
        : say('A size of {{size}}', { size: suggested }),
    gain: gained(gain, say),
  };
  const advice =
    perHost === undefined
      ? say('{{size}} could {{gain}}.', values)
      : say('{{size}} with {{setting}} could {{gain}}.', {
          ...values,
          setting: set(fetchSettings.perHost, where, perHost, say),
        });
  return `${told} ${advice}`;
}

interface Named {
  readonly flag: string;
  readonly field: { readonly label: string };
}

/** A setting with a value, by its flag or by its field. */
function set({ flag, field }: Named, where: Where, value: number, say: Say): string {
  if (where === 'terminal') return `${flag} ${value}`;
  return say('“{{setting}}” at {{value}}', { setting: say(field.label), value });
}

function gained(gain: number, say: Say): string {
  return gain >= 2 ? say('double it') : say('make it {{gain, number}} times as fast', { gain });
}
