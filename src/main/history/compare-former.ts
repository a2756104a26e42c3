import { compareRuns, type RunOverview, type Standing } from '../../engine/run/front-ends/index.ts';
import { t, told } from '../../languages/translate.ts';
import { errorCodes, titleOf } from '../../shared/error-codes/error-codes.ts';
import type { Compared, Comparison } from '../../shared/ipc/history.ts';
import { settingsOfRequest } from '../../shared/settings-of-request.ts';
import { inSlices } from './in-slices.ts';
import { shortName, toldRun } from './list-history.ts';

/** So many items that differ are shown. */
const mostShown = 1_000;

/** What differs between two runs: settings, causes of failures, and items. */
export async function compareFormer(a: RunOverview, b: RunOverview): Promise<Comparison> {
  let differ = 0;
  const items: Comparison['items'] = [];
  for await (const { input, a: before, b: after } of inSlices(compareRuns(a, b))) {
    differ += 1;
    if (items.length === mostShown) continue;
    items.push({
      name: shortName(input),
      ...(before && { a: comparedOf(before) }),
      ...(after && { b: comparedOf(after) }),
    });
  }
  return { a: toldRun(a), b: toldRun(b), settings: settingsOf(a, b), causes: causesOf(a, b), differ, items };
}

function comparedOf({ status, code, bytes, width, height }: Standing): Compared {
  return {
    status,
    ...(code !== undefined && { cause: causeOf(code) }),
    ...(bytes !== undefined && { bytes }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
}

function causeOf(code: string): string {
  const known = errorCodes.find((each) => each === code);
  return known === undefined ? code : told(titleOf(known));
}

function settingsOf(a: RunOverview, b: RunOverview): Comparison['settings'] {
  const [of, and] = [a, b].map(({ head }) => settingsOfRequest(head.request, 'window')) as [
    Record<string, string>,
    Record<string, string>,
  ];
  const names = [...new Set([...Object.keys(of), ...Object.keys(and)])];
  return names
    .filter((name) => of[name] !== and[name])
    .map((name) => ({
      name: told(name.replace(/^--(no-)?/, '')),
      ...(of[name] !== undefined && { a: valueWords(name, of[name]) }),
      ...(and[name] !== undefined && { b: valueWords(name, and[name]) }),
    }));
}

/** `{"width":64,"height":48}` as "64 × 48"; a switch has no value. */
function valueWords(name: string, value: string): string {
  if (value === 'off' || name.startsWith('--no-')) return t('no');
  if (value === '') return t('yes');
  return value.replaceAll(/\{"width":(\d+),"height":(\d+)\}/g, '$1 × $2').replaceAll(/^\[|\]$/g, '');
}

function causesOf(a: RunOverview, b: RunOverview): Comparison['causes'] {
  const [of, and] = [a.summary?.causes ?? {}, b.summary?.causes ?? {}] as [
    Readonly<Record<string, number>>,
    Readonly<Record<string, number>>,
  ];
  return [...new Set([...Object.keys(of), ...Object.keys(and)])].map((code) => ({
    title: causeOf(code),
    a: of[code] ?? 0,
    b: and[code] ?? 0,
  }));
}
