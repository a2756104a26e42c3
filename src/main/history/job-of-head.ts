import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { JournalHead, MapHead } from '../../engine/run/front-ends/index.ts';
import { runIdSchema } from '../../shared/ipc/run.ts';
import { watchedIdSchema } from '../../shared/ipc/watched.ts';
import type { MapRequest } from '../../shared/requests.ts';
import { thumbnailFolder } from '../../shared/settings/choices.ts';
import { inEachFolder } from '../inputs/kept-words.ts';
import { type ResolvedJob, resolvedJobSchema } from '../jobs/resolved-job.ts';

/** What journals keep of a run that other machines did: those of the command line, too. */
const queueDetailsSchema = z.object({
  /** Without its password. */
  url: z.string(),
  run: z.string(),
  place: z.string(),
});
export type QueueDetails = z.infer<typeof queueDetailsSchema>;

/** Undefined of a run that this machine did. */
export function queueDetailsOf({ details }: Pick<JournalHead, 'details'>): QueueDetails | undefined {
  return queueDetailsSchema.safeParse(details?.queue).data;
}

/** What the window keeps in the journals of its runs. */
const windowDetailsSchema = z.object({
  runId: runIdSchema,
  destination: z.string(),
  folder: z.string(),
  /** The run that this one continues. It is not offered any more. */
  continues: runIdSchema.optional(),
  /** The watched folder that it kept up to date. */
  watched: watchedIdSchema.optional(),
  /** The queue that handed it out. */
  queue: queueDetailsSchema.optional(),
});
export type WindowDetails = z.infer<typeof windowDetailsSchema>;

export function windowDetailsOf({ front, details }: JournalHead): WindowDetails | undefined {
  return front === 'window' ? windowDetailsSchema.safeParse(details).data : undefined;
}

/** What a run was to do, with whole paths. Undefined of a request that was too large to keep, or of another version's. */
export function jobOfHead(head: JournalHead): ResolvedJob | undefined {
  const { title, force = false } = head;
  const request = withWholePaths(head);
  if (request === undefined) return undefined;
  const { kind } = request;
  if (kind === 'map') {
    const words = { force, title, destination: '', folder: '' };
    return resolvedJobSchema.safeParse({ kind, request: mapOf(head), ...words }).data;
  }
  const { destination, folder } = windowDetailsOf(head) ?? placeOf(request);
  return resolvedJobSchema.safeParse({ kind, request, force, title, destination, folder }).data;
}

interface Given {
  readonly kind?: unknown;
  readonly paths?: readonly unknown[];
  readonly inputs?: readonly { readonly kind?: unknown; readonly value?: unknown; readonly path?: unknown }[];
  readonly outputFolder?: unknown;
}

/** A run of the window has what its items came from; one of the command line has them, or read them from a pipe. */
function mapOf({ id, request, folder }: JournalHead): unknown {
  // The window itself puts results in order.
  const { module, items, inputs, order, ...further } = request as Partial<
    MapHead & Pick<MapRequest, 'inputs'>
  >;
  const given = items ? [{ kind: 'items', items }] : [{ kind: 'journal', id }];
  return { ...further, module: pathOfModule(module, folder), inputs: inputs ?? given };
}

/** Undefined of what is none: anybody may have changed a journal. */
function pathOfModule(module: unknown, folder: string): string | undefined {
  if (typeof module !== 'string') return undefined;
  if (!module.startsWith('file:')) return resolve(folder, module);
  try {
    return fileURLToPath(module);
  } catch {
    return undefined;
  }
}

function withWholePaths({ request, folder }: JournalHead): Given | undefined {
  if (request === null) return undefined;
  const { paths, inputs, outputFolder, ...further } = request as Given;
  const whole = (path: unknown) => (typeof path === 'string' && !isUrl(path) ? resolve(folder, path) : path);
  if (inputs !== undefined && !Array.isArray(inputs)) return undefined;
  if (paths !== undefined && !Array.isArray(paths)) return undefined;
  return {
    ...further,
    ...(paths && { paths: paths.map(whole) }),
    ...(inputs && {
      inputs: inputs.map((input) => {
        if (input?.kind === 'report') return { ...input, path: whole(input.path) };
        const isFile = input?.kind === 'argument' && !isUrl(input.value) && input.value !== '-';
        return isFile ? { ...input, value: whole(input.value) } : input;
      }),
    }),
    ...(outputFolder !== undefined && { outputFolder: whole(outputFolder) }),
  };
}

export function isUrl(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z][a-z0-9+.-]+:\//i.test(value);
}

function placeOf({ outputFolder, paths = [] }: Given): { destination: string; folder: string } {
  if (typeof outputFolder === 'string') return { destination: outputFolder, folder: outputFolder };
  const [first = ''] = paths.map(String);
  const isFolder = statSync(first, { throwIfNoEntry: false })?.isDirectory() ?? true;
  const folder = join(isFolder ? first : dirname(first), thumbnailFolder);
  return { destination: paths.length > 1 ? inEachFolder : folder, folder };
}
