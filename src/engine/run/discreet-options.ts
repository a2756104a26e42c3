import { UsageError } from '../../shared/failure.ts';
import type { FetchRequest } from '../../shared/requests.ts';
import type { ItemResult } from '../../shared/result.ts';
import { type Secrets, withoutQuery, withoutSecretsIn } from '../../shared/without-secrets.ts';
import type { RunContext } from './run-options.ts';

/**
 * The options of a run, wrapped so that nothing secret is passed on: all results and warnings leave the run here,
 * whatever code made their texts.
 * @param query whether the values of queries count as secret; passwords always do.
 */
export function discreetOptions(options: RunContext, query: boolean): RunContext {
  const { only, onStart, onPlace, onResult, onWarning } = options;
  const named = <Item extends { readonly input: string }>(item: Item): Item =>
    query ? { ...item, input: withoutQuery(item.input) } : item;
  return {
    ...options,
    // The caller names items by the inputs in results, where queries are hidden.
    ...(only && query && { only: byTheirNames(only) }),
    ...(onStart && { onStart: (started) => onStart(named(started)) }),
    ...(onPlace && { onPlace: (place, item) => onPlace(place, item && named(item)) }),
    ...(onResult && { onResult: (result) => onResult(named(discreet(result, query))) }),
    ...(onWarning && { onWarning: (warning) => onWarning(withoutSecretsIn(warning, { query })) }),
  };
}

function byTheirNames(only: NonNullable<RunContext['only']>): NonNullable<RunContext['only']> {
  return {
    size: only.size,
    has: (input, listed) => only.has(withoutQuery(input), listed),
    leavesOut: (input, listed) => only.leavesOut?.(withoutQuery(input), listed) ?? false,
  };
}

/** An error of a run with its secrets hidden: it may quote the request. */
export function discreetError(error: unknown, { inputs, recipe }: FetchRequest): unknown {
  if (!(error instanceof UsageError)) return error;
  const known = inputs.flatMap((input) => (input.kind === 'argument' ? [input.value] : []));
  return new UsageError(
    error.sentences.map((sentence) => withoutSecretsIn(sentence, { query: recipe.redact, known })),
    { cause: error, ...(error.setting !== undefined && { setting: error.setting }) },
  );
}

/** Hides the secrets of a result. Most results have no field that may hold any, and are not copied. */
function discreet(result: ItemResult, query: boolean): ItemResult {
  const { input, error, finalUrl, warning, thumbnail, listed, columns } = result;
  const secrets: Secrets = { query, known: [input] };
  const hide = (text: string): string => withoutSecretsIn(text, secrets);
  if (!error && !finalUrl && !columns && warning === undefined && thumbnail?.warning === undefined && !listed)
    return result;
  return {
    ...result,
    ...(error && { error: { ...error, message: hide(error.message) } }),
    ...(finalUrl !== undefined && { finalUrl: query ? withoutQuery(finalUrl) : finalUrl }),
    ...(warning !== undefined && { warning: hide(warning) }),
    ...(thumbnail?.warning !== undefined && {
      thumbnail: { ...thumbnail, warning: hide(thumbnail.warning) },
    }),
    ...(listed?.name !== undefined && { listed: { ...listed, name: hide(listed.name) } }),
    ...(columns && { columns: mapValues(columns, (cell) => hideInCell(cell, query)) }),
  };
}

/** A cell may be a URL as a whole, and then ends with the cell. */
function hideInCell(cell: string, query: boolean): string {
  return withoutSecretsIn(cell, {
    query,
    known: cell.includes('://') && !/\s\S*:\/\//.test(cell) ? [cell] : [],
  });
}

function mapValues(record: Readonly<Record<string, string>>, change: (value: string) => string) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
