import type { Prepared } from '../../shared/ipc/history.ts';
import { allSettings } from '../../shared/settings/all-settings.ts';
import { walkSettings } from '../../shared/settings/run-settings.ts';
import type { InputRegistry } from '../inputs/input-registry.ts';
import type { OutputRegistry } from '../inputs/output-registry.ts';
import { pastedTitle } from '../inputs/pasted-titles.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';
import { isUrl } from './job-of-head.ts';

interface Registries {
  readonly inputs: InputRegistry;
  readonly outputs: OutputRegistry;
  /** Where fetched files usually go: no choice of the person. */
  readonly downloads: string;
  readonly texts: { textOf(path: string): Promise<string | undefined> };
}

/**
 * A job's inputs and settings, as the page needs them to show what would be done.
 * @param withheld what the request had and nobody has kept.
 * @throws RequestProblem when its inputs are among that.
 */
export async function prepareAgain(
  { request, title, force }: ResolvedJob,
  withheld: readonly string[],
  { inputs, outputs, downloads, texts }: Registries,
): Promise<Prepared> {
  assertInputsKept(withheld);
  const needs = wordsFor(withheld);
  if (request.kind === 'thumbnails') {
    const { paths, recipe, recursive, outputFolder } = request;
    return {
      title,
      kind: 'thumbnails',
      registration: await inputs.registerPaths(paths),
      thumbnails: recipe,
      recursive,
      force,
      ...(outputFolder !== undefined && { output: outputs.register(outputFolder) }),
      leftOut: leftOutOf(request),
      needs,
    };
  }
  const registration = { inputs: [], refused: [] } as Prepared['registration'];
  for (const input of request.inputs) {
    if (input.kind === 'text')
      registration.inputs.push(inputs.registerText(input.text, title || pastedTitle));
    else if (input.kind === 'argument' && isUrl(input.value))
      registration.inputs.push(inputs.registerText(input.value, input.value));
    else if (input.kind === 'argument' && input.value !== '-') {
      const text = await texts.textOf(input.value);
      if (text !== undefined) {
        registration.inputs.push(inputs.registerText(text, title || pastedTitle));
        continue;
      }
      const list = await inputs.registerPaths([input.value]);
      registration.inputs.push(...list.inputs);
      registration.refused.push(...list.refused);
    } else {
      throw new RequestProblem(
        'INPUT_NOT_KEPT',
        'What this run read from standard input or from a report is not kept: give its list again.',
      );
    }
  }
  return {
    title,
    kind: 'fetch',
    registration,
    fetch: request.recipe,
    force,
    ...(request.outputFolder !== downloads && { output: outputs.register(request.outputFolder) }),
    leftOut: leftOutOf(request),
    needs,
  };
}

/** @throws RequestProblem when the list itself held secrets. */
function assertInputsKept(withheld: readonly string[]): void {
  if (withheld.includes('inputs')) {
    throw new RequestProblem(
      'NEEDS_AGAIN',
      'The URLs of this list hold passwords or hidden queries, which are not kept: give the list again.',
    );
  }
}

/** Settings by the words that the window has for them. */
export function wordsFor(keys: readonly string[]): string[] {
  return keys.map((key) => {
    const setting = allSettings[key];
    return setting?.field?.label ?? key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  });
}

/** The settings of a request that the page's jobs have no place for. */
function leftOutOf(request: ResolvedJob['request']): string[] {
  const keys = Object.keys(walkSettings).filter((key) => key !== 'recursive');
  const given = request as Readonly<Record<string, unknown>>;
  const isGiven = (value: unknown) => value !== undefined && (!Array.isArray(value) || value.length > 0);
  return wordsFor([...keys.filter((key) => isGiven(given[key])), ...(request.durable ? ['durable'] : [])]);
}
