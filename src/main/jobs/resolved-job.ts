import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { t } from '../../languages/translate.ts';
import { type Access, accessFiles } from '../../shared/ipc/access.ts';
import type { InputId } from '../../shared/ipc/inputs.ts';
import type { Job, StartRun } from '../../shared/ipc/job.ts';
import {
  type FetchAccess,
  fetchRequestSchema,
  type ItemInput,
  mapRequestSchema,
  thumbnailRequestSchema,
  type UrlInput,
} from '../../shared/requests.ts';
import { thumbnailFolder } from '../../shared/settings/choices.ts';
import { usualSetNames } from '../../shared/settings/set-kinds.ts';
import type { FileRegistry } from '../inputs/file-registry.ts';
import type { Input, InputRegistry } from '../inputs/input-registry.ts';
import { inEachFolder, pastedTitle, titleOfModule, titleOfSeveral } from '../inputs/kept-words.ts';
import type { ModuleRegistry } from '../inputs/module-registry.ts';
import type { OutputRegistry } from '../inputs/output-registry.ts';
import { RequestProblem } from './request-problem.ts';

/** How a job is described, and where its results are. */
const words = {
  title: z.string(),
  /** Where results go, as text for a person. */
  destination: z.string(),
  /** The folder to open when a person wants to see results: if there are several, the first. */
  folder: z.string(),
};

const common = { force: z.boolean(), ...words };

/** A job with paths in place of the page's ids: the engine's input, and what is saved of a run. */
export const resolvedJobSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('thumbnails'), request: thumbnailRequestSchema, ...common }),
  z.strictObject({ kind: z.literal('fetch'), request: fetchRequestSchema, ...common }),
  /** What a function writes, and where, only it knows: both places are empty. */
  z.strictObject({ kind: z.literal('map'), request: mapRequestSchema, ...common }),
]);
export type ResolvedJob = z.infer<typeof resolvedJobSchema>;

type PathInput = Extract<Input, { path: string }>;
/** A list in a file, or as text. */
type ListInput = Input;

/** What the page's ids stand for. */
export interface Givens {
  readonly inputs: Pick<InputRegistry, 'get'>;
  readonly outputs: Pick<OutputRegistry, 'get'>;
  readonly files: Pick<FileRegistry, 'get'>;
  readonly modules: Pick<ModuleRegistry, 'get'>;
  /** The output folder for fetched files if the person has chosen none. */
  readonly downloads: string;
}

/** Tells jobs apart; how many are in flight at once makes no difference to what they do. */
export function keyOfJob({ inputs, job }: Pick<StartRun, 'inputs' | 'job'>): string {
  return JSON.stringify([inputs, job]);
}

/** @throws RequestProblem when an id is unknown, or no input is suitable for the task. */
export function resolveJob(
  { inputs: ids, job }: Pick<StartRun, 'inputs' | 'job'>,
  { inputs, outputs, files, modules, downloads }: Givens,
): ResolvedJob {
  const given = ids.map((id) => known(inputs, id));
  if (job.kind === 'map') return resolveMap(given, job, modules);
  const output = job.output === undefined ? undefined : outputs.get(job.output);
  if (job.output !== undefined && output === undefined) {
    throw new RequestProblem(
      'UNKNOWN_OUTPUT',
      t('The output folder is not known any more: choose it again.'),
    );
  }
  return job.kind === 'thumbnails'
    ? resolveThumbnails(given.filter(isPicture), job, output)
    : resolveFetch(given.filter(isList), job, output ?? downloads, files);
}

function resolveThumbnails(
  given: readonly PathInput[],
  { recipe, recursive, match, exclude, sets = [], force, durable }: Extract<Job, { kind: 'thumbnails' }>,
  outputFolder: string | undefined,
): ResolvedJob {
  if (given.length === 0) {
    throw new RequestProblem('WRONG_INPUT', t('Thumbnails are made of folders and image files.'));
  }
  const paths = given.map(({ path }) => path);
  const folders = outputFolder === undefined ? [...new Set(given.map(thumbsOf))] : [outputFolder];
  const [folder = ''] = folders;
  const request = thumbnailRequestSchema.parse({
    kind: 'thumbnails',
    paths,
    recipe,
    recursive,
    match,
    exclude,
    outputFolder,
    durable,
    ...Object.fromEntries(sets.map((kind) => [kind, join(folder, usualSetNames[kind])])),
  });
  const destination = folders.length > 1 ? inEachFolder : folder;
  return { kind: 'thumbnails', request, force, title: titleOf(given), destination, folder };
}

function resolveFetch(
  given: readonly ListInput[],
  { recipe, access = {}, force, durable }: Extract<Job, { kind: 'fetch' }>,
  folder: string,
  files: Givens['files'],
): ResolvedJob {
  if (given.length === 0) throw new RequestProblem('WRONG_INPUT', t('Files are fetched from lists of URLs.'));
  const inputs = given.map(
    (input): UrlInput =>
      'path' in input ? { kind: 'argument', value: input.path } : { kind: 'text', text: textOf(input) },
  );
  const request = fetchRequestSchema.parse({
    kind: 'fetch',
    inputs,
    recipe,
    outputFolder: folder,
    access: withPaths(access, files),
    durable,
  });
  return { kind: 'fetch', request, force, title: titleOf(given), destination: folder, folder };
}

function resolveMap(
  given: readonly Input[],
  { module: id, recipe, recursive }: Extract<Job, { kind: 'map' }>,
  modules: Givens['modules'],
): ResolvedJob {
  const module = modules.get(id);
  if (module === undefined)
    throw new RequestProblem('UNKNOWN_MODULE', t('The module is not known any more: choose it again.'));
  const request = mapRequestSchema.parse({
    kind: 'map',
    module,
    recipe,
    inputs: given.map(itemsOf),
    recursive,
  });
  const title = titleOfModule(basename(module), titleOf(given));
  return { kind: 'map', request, force: false, title, destination: '', folder: '' };
}

function textOf(input: Exclude<Input, PathInput>): string {
  return 'text' in input ? input.text : input.items.join('\n');
}

function itemsOf(input: Input): ItemInput {
  if ('text' in input) return { kind: 'text', text: input.text };
  if ('items' in input) return { kind: 'items', items: [...input.items] };
  const { kind, path } = input;
  return kind === 'image' ? { kind: 'items', items: [path] } : { kind, path };
}

function withPaths(access: Access, files: Givens['files']): FetchAccess {
  const paths: Partial<Record<(typeof accessFiles)[number], string>> = {};
  for (const key of accessFiles) {
    const id = access[key];
    if (id === undefined) continue;
    const path = files.get(id);
    if (path === undefined)
      throw new RequestProblem(
        'UNKNOWN_FILE',
        t('A file for access is not known any more: choose it again.'),
      );
    paths[key] = path;
  }
  const { user, password, proxy } = access;
  const texts = Object.entries({ user, password, proxy }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(texts), ...paths };
}

function isPicture(input: Input): input is PathInput {
  return input.kind !== 'list';
}

function isList(input: Input): input is ListInput {
  return input.kind === 'list';
}

function known(inputs: Givens['inputs'], id: InputId): Input {
  const input = inputs.get(id);
  if (input === undefined) {
    throw new RequestProblem('UNKNOWN_INPUT', t('One of the inputs is not known any more: give it again.'));
  }
  return input;
}

function thumbsOf({ kind, path }: PathInput): string {
  return join(kind === 'folder' ? path : dirname(path), thumbnailFolder);
}

function titleOf([first, ...others]: readonly Input[]): string {
  const name = first === undefined || !('path' in first) ? pastedTitle : basename(first.path) || first.path;
  return titleOfSeveral(name, others.length);
}
