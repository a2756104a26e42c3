import { isAbsolute } from 'node:path';
import { t, told } from '../../languages/translate.ts';
import { accessFiles, type SessionSettings } from '../../shared/ipc/access.ts';
import type { Prepared } from '../../shared/ipc/history.ts';
import type { RegisteredInput } from '../../shared/ipc/inputs.ts';
import { fetchRecipeSchema } from '../../shared/recipe.ts';
import type { FetchRequest, ItemInput, MapRequest, ThumbnailRequest } from '../../shared/requests.ts';
import { allSettings } from '../../shared/settings/all-settings.ts';
import { setsOf } from '../../shared/settings/set-kinds.ts';
import type { FileRegistry } from '../inputs/file-registry.ts';
import type { InputRegistry } from '../inputs/input-registry.ts';
import { titleInWords } from '../inputs/kept-words.ts';
import { kindOfFile } from '../inputs/kind-of-file.ts';
import type { ModuleRegistry } from '../inputs/module-registry.ts';
import type { OutputRegistry } from '../inputs/output-registry.ts';
import { RequestProblem } from '../jobs/request-problem.ts';
import type { ResolvedJob } from '../jobs/resolved-job.ts';
import { isUrl } from './job-of-head.ts';
import { moduleAgain } from './module-again.ts';

interface Registries {
  readonly inputs: InputRegistry;
  readonly outputs: OutputRegistry;
  readonly files: FileRegistry;
  readonly modules: Pick<ModuleRegistry, 'offer'>;
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
  registries: Registries,
): Promise<Prepared> {
  assertInputsKept(withheld);
  const needs = wordsFor(withheld);
  const shown = titleInWords(title);
  const { inputs, outputs, files, downloads, texts } = registries;
  if (request.kind === 'map') {
    const { recipe, recursive } = request;
    const registration = await registrationOfMap(request, registries);
    return { title: shown, kind: 'map', registration, map: recipe, recursive, force, session: {}, needs };
  }
  if (request.kind === 'thumbnails') {
    const { paths, recipe, recursive, outputFolder } = request;
    return {
      title: shown,
      kind: 'thumbnails',
      registration: await inputs.registerPaths(paths),
      thumbnails: recipe,
      recursive,
      force,
      ...(outputFolder !== undefined && { output: outputs.register(outputFolder) }),
      session: sessionOf(request, files),
      needs,
    };
  }
  const registration = { inputs: [], refused: [] } as Prepared['registration'];
  for (const input of request.inputs) {
    if (input.kind === 'text')
      registration.inputs.push(inputs.registerText(input.text, shown || t('Pasted list')));
    else if (input.kind === 'argument' && isUrl(input.value))
      registration.inputs.push(inputs.registerText(input.value, input.value));
    else if (input.kind === 'argument' && input.value !== '-') {
      const text = await texts.textOf(input.value);
      if (text !== undefined) {
        registration.inputs.push(inputs.registerText(text, shown || t('Pasted list')));
        continue;
      }
      const list = await inputs.registerPaths([input.value]);
      registration.inputs.push(...list.inputs);
      registration.refused.push(...list.refused);
    } else throw inputNotKept();
  }
  const { match: _match, headers: _headers, ...lasting } = request.recipe;
  return {
    title: shown,
    kind: 'fetch',
    registration,
    fetch: fetchRecipeSchema.parse(lasting),
    force,
    ...(request.outputFolder !== downloads && { output: outputs.register(request.outputFolder) }),
    session: sessionOf(request, files),
    needs,
  };
}

function inputNotKept(): RequestProblem {
  return new RequestProblem(
    'INPUT_NOT_KEPT',
    t('What this run read from standard input or from a report is not kept: give its list again.'),
  );
}

/** @throws RequestProblem when its module is gone, or may not run. */
async function registrationOfMap(
  { module: path, inputs: given }: MapRequest,
  { inputs, modules, texts }: Registries,
): Promise<Prepared['registration']> {
  const module = await moduleAgain(path, modules);
  const registration: Prepared['registration'] = { inputs: [], refused: [], module };
  for (const input of given) {
    if (input.kind === 'journal') throw inputNotKept();
    const text = await textOf(input, texts);
    if (input.kind === 'items') registration.inputs.push(await inputOfItems(input.items, inputs));
    else if (text !== undefined) registration.inputs.push(inputs.registerText(text, t('Pasted list')));
    else if ('path' in input) {
      const found = await inputs.registerPaths([input.path]);
      registration.inputs.push(...found.inputs);
      registration.refused.push(...found.refused);
    }
  }
  return registration;
}

/** An image that was given stands as the one item that it is; else they are items as they were. */
async function inputOfItems(items: readonly string[], inputs: InputRegistry): Promise<RegisteredInput> {
  const [only = '', ...others] = items;
  const isFile = others.length === 0 && isAbsolute(only) && kindOfFile(only) === 'image';
  const [file] = isFile ? (await inputs.registerPaths([only])).inputs : [];
  return file ?? inputs.registerItems(items, t('Pasted list'));
}

async function textOf(input: ItemInput, texts: Registries['texts']): Promise<string | undefined> {
  if (input.kind === 'text') return input.text;
  return input.kind === 'list' ? texts.textOf(input.path) : undefined;
}

/** @throws RequestProblem when the list itself held secrets. */
function assertInputsKept(withheld: readonly string[]): void {
  if (withheld.includes('inputs')) {
    throw new RequestProblem(
      'NEEDS_AGAIN',
      t('The URLs of this list hold passwords or hidden queries, which are not kept: give the list again.'),
    );
  }
}

/** Settings by the words that the window has for them. */
export function wordsFor(keys: readonly string[]): string[] {
  return keys.map((key) => {
    if (key === 'inputs') return t('the list of URLs');
    const label = allSettings[key]?.field?.label;
    return label !== undefined
      ? told(label)
      : key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  });
}

/** What of a request lasts as long as the window, and nothing that is as usual. */
function sessionOf(request: FetchRequest | ThumbnailRequest, files: FileRegistry): SessionSettings {
  const { durable } = request;
  const given = request.kind === 'thumbnails' ? walkOf(request) : fetchSessionOf(request, files);
  const isGiven = (value: unknown) =>
    typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : value !== undefined;
  const settings = Object.entries(given).filter(([, value]) => isGiven(value));
  return { ...Object.fromEntries(settings), ...(durable && { durable }) };
}

function walkOf(request: ThumbnailRequest): SessionSettings {
  const { match, exclude } = request;
  const sets = setsOf(request);
  return { match, exclude, ...(sets.length > 0 && { sets }) };
}

function fetchSessionOf({ recipe, access }: FetchRequest, files: FileRegistry): SessionSettings {
  const { user, password, proxy } = access;
  const paths = accessFiles.map((key) => [key, access[key]] as const);
  const chosen = paths.map(([key, path]) => [key, path && files.register(path)] as const);
  const { match, headers } = recipe;
  return { match, headers, user, password, proxy, ...Object.fromEntries(chosen) };
}
