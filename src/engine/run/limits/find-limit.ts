import type { Limit } from '../../../shared/limits/limit.ts';
import type { StageMs } from '../../../shared/stages.ts';
import { allCoresFrom } from '../../pool/automatic/processor-time.ts';
import type { HostMeasures, RunMeasures } from './run-measures.ts';

/** A shorter time, or fewer items, show nothing: files that were in the cache, threads that were starting. */
const leastSeconds = 2;
const leastItems = 20;
/** Only what held for this share of the time is called the limit. */
const most = 0.5;
/** From this share a thread counts as never idle: timers and samples never show all of it. */
const neverIdle = 0.95;
/** The least share of all cores that a run uses which other programs keep from using more. */
const someOfCores = 0.1;
/** The share of items without room from which memory counts as the limit. */
const withoutRoom = 0.25;
/** A host that answers so many times more slowly than at first has all the requests that it can serve. */
const slowedDown = 3;
const fewAnswers = 30;
/** The share from which one host is named for all. */
const nearlyAll = 0.8;
const mostGain = 2;
/** A gain of less is not worth a sentence. */
const leastGain = 1.15;

/** What limits a run, or `undefined` if the measures do not show it. Pure. */
export function findLimit(measures: RunMeasures): Limit | undefined {
  const { seconds, items, places } = measures;
  if (!(seconds >= leastSeconds && items >= leastItems)) return undefined;
  return (
    ownBandwidth(measures) ??
    processor(measures) ??
    (places.hostLimit + places.gap + places.refusals >= most ? hostsTurn(measures) : undefined) ??
    (places.reader >= most ? reader(measures) : undefined) ??
    (places.full >= most ? withinItems(measures) : undefined)
  );
}

function ownBandwidth({ bandwidth, bytesIn, seconds }: RunMeasures): Limit | undefined {
  if (!bandwidth || bandwidth.owed < most) return undefined;
  return { kind: 'bandwidth', bytesPerSecond: Math.round(bytesIn / seconds), limit: bandwidth.limit };
}

function processor({ processor: { cores, used } }: RunMeasures): Limit | undefined {
  const share = used / cores;
  return share >= allCoresFrom ? { kind: 'processor', share: shareOf(share), cores } : undefined;
}

function hostsTurn(measures: RunMeasures): Limit | undefined {
  const { places, host, items, seconds } = measures;
  if (!host) return undefined;
  const { name, refusals, gapMs } = host;
  if (places.refusals >= Math.max(places.hostLimit, places.gap) && refusals > 0) {
    return { kind: 'refusals', host: name, refusals, perSecond: rounded(items / seconds) };
  }
  if (places.gap >= places.hostLimit && gapMs > 0) return { kind: 'gap', host: name, gapMs };
  return places.hostLimit > 0 ? hostLimit(measures, host) : undefined;
}

function hostLimit({ poolSize, inFlight }: RunMeasures, host: HostMeasures): Limit | undefined {
  if (isSlowedDown(host)) return hostAnswers(host);
  const gain = Math.min(mostGain, poolSize / Math.max(1, inFlight));
  if (gain < leastGain) return undefined;
  return {
    kind: 'host-limit',
    ...(host.share >= most && { host: host.name }),
    atOnce: host.limit,
    ...(host.usualMs > 0 && { ms: host.usualMs }),
    suggested: Math.ceil(host.limit * gain),
    gain: rounded(gain),
  };
}

function isSlowedDown({ answers, usualMs, fastestMs }: HostMeasures): boolean {
  return answers >= fewAnswers && fastestMs > 0 && usualMs >= slowedDown * fastestMs;
}

function hostAnswers({ name, usualMs, fastestMs }: HostMeasures): Limit {
  return { kind: 'host-answers', host: name, ms: usualMs, fastestMs };
}

function reader({ places, processor: { main, used, cores } }: RunMeasures): Limit {
  if (main >= neverIdle) return { kind: 'processor', share: shareOf(used / cores), cores, thread: 'main' };
  return { kind: 'reader', share: shareOf(places.reader) };
}

/** All places are taken: what the items in them do, or wait for, is the limit. */
function withinItems(measures: RunMeasures): Limit | undefined {
  const { items, withoutMemory, processor } = measures;
  const { cores, used, machine, main, transfers = 0 } = processor;
  if (withoutMemory / items >= withoutRoom) {
    return { kind: 'memory', share: shareOf(withoutMemory / items) };
  }
  const onDisk = diskShare(measures);
  if (onDisk >= most) return { kind: 'disk', share: shareOf(onDisk) };
  const own = { kind: 'processor', share: shareOf(used / cores), cores } as const;
  const wantsMore = own.share >= someOfCores || computingShare(measures) >= most;
  if (machine !== undefined && machine >= neverIdle && wantsMore) {
    const others = shareOf(machine - used / cores);
    return { ...own, ...(others > 0 && { others }) };
  }
  if (main >= neverIdle) return { ...own, thread: 'main' };
  if (transfers >= neverIdle) return { ...own, thread: 'transfers' };
  return network(measures) ?? poolItself(measures);
}

function diskShare({ stages, seconds, threads, inFlight }: RunMeasures): number {
  const threadMs = seconds * 1_000 * (threads ?? inFlight);
  return threadMs > 0 ? sumOf(stages, 'read', 'write') / threadMs : 0;
}

/** The share of places in which pixels were computed. */
function computingShare({ stages, seconds, inFlight }: RunMeasures): number {
  return sumOf(stages, 'decode', 'resize', 'encode') / (seconds * 1_000 * Math.max(1, inFlight));
}

function network({ stages, seconds, inFlight, bytesIn, host }: RunMeasures): Limit | undefined {
  const share = sumOf(stages, 'body') / (seconds * 1_000 * Math.max(1, inFlight));
  if (share < most) return undefined;
  const named = host !== undefined && host.share >= nearlyAll;
  return {
    kind: 'network',
    ...(named && { host: host.name }),
    share: shareOf(share),
    bytesPerSecond: Math.round(bytesIn / seconds),
  };
}

/** More items at once would do more: they wait, or fewer of them compute than there are cores. */
function poolItself(measures: RunMeasures): Limit | undefined {
  const { poolSize, inFlight, seconds, items, host, processor, automatic = false } = measures;
  const { cores, used } = processor;
  const isAlone = host !== undefined && host.share >= nearlyAll;
  if (isAlone && isSlowedDown(host)) return hostAnswers(host);
  if (automatic) return undefined;
  const forProcessor = used > 0 ? (allCoresFrom * cores) / used : mostGain;
  // What computes gets no more of a core than there is.
  const forCores = computingShare(measures) >= most ? cores / poolSize : mostGain;
  const gain = Math.min(mostGain, forProcessor, forCores);
  if (gain < leastGain) return undefined;
  const suggested = Math.ceil(poolSize * gain);
  return {
    kind: 'pool',
    poolSize: Math.round(poolSize),
    ms: rounded((seconds * 1_000 * inFlight) / items),
    suggested,
    gain: rounded(gain),
    ...(isAlone && host.limit < suggested && { perHost: suggested }),
  };
}

function sumOf(stages: StageMs, ...of: readonly (keyof StageMs)[]): number {
  return of.reduce((sum, stage) => sum + (stages[stage] ?? 0), 0);
}

function shareOf(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 100) / 100;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
