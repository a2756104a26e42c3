import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { InputId } from '../../shared/ipc/inputs.ts';
import type { RunRequest } from '../../shared/ipc/job.ts';
import { thumbnailRequestSchema } from '../../shared/run-request.ts';
import type { Input, InputRegistry } from '../inputs/input-registry.ts';
import type { OutputRegistry } from '../inputs/output-registry.ts';
import { RequestProblem } from './request-problem.ts';

/** How a job is spoken of, and where its results are to be found. */
const words = {
  title: z.string(),
  /** Where results go, to be read. */
  destination: z.string(),
  /** The folder to open for a person who wants to see results: where there are several, the first. */
  folder: z.string(),
};

/** A job with paths in the place of the page's ids: what the engine is given, and what is kept of a run. */
export const resolvedJobSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('thumbnails'),
    request: thumbnailRequestSchema,
    force: z.boolean(),
    ...words,
  }),
]);
export type ResolvedJob = z.infer<typeof resolvedJobSchema>;

type PathInput = Extract<Input, { path: string }>;

interface Registries {
  readonly inputs: Pick<InputRegistry, 'get'>;
  readonly outputs: Pick<OutputRegistry, 'get'>;
}

/** @throws RequestProblem when an id is unknown, or nothing among the inputs is for this task. */
export function resolveJob(
  { inputs: ids, job }: Pick<RunRequest, 'inputs' | 'job'>,
  { inputs, outputs }: Registries,
): ResolvedJob {
  const given = ids.map((id) => known(inputs, id));
  const outputFolder = job.output === undefined ? undefined : outputs.get(job.output);
  if (job.output !== undefined && outputFolder === undefined) {
    throw new RequestProblem('UNKNOWN_OUTPUT', 'The output folder is not known any more: choose it again.');
  }
  switch (job.kind) {
    case 'thumbnails': {
      const pictures = given.filter(isPicture);
      if (pictures.length === 0) {
        throw new RequestProblem('WRONG_INPUT', 'Thumbnails are made of folders and image files.');
      }
      const { recipe, recursive, match, force } = job;
      const paths = pictures.map(({ path }) => path);
      const request = thumbnailRequestSchema.parse({
        kind: 'thumbnails',
        paths,
        recipe,
        recursive,
        match,
        outputFolder,
      });
      const folders = [...new Set(pictures.map(thumbsOf))];
      const [folder = ''] = outputFolder === undefined ? folders : [outputFolder];
      const destination =
        folders.length > 1 && outputFolder === undefined ? 'thumbs, in each of the folders' : folder;
      return { kind: 'thumbnails', request, force, title: titleOf(paths), destination, folder };
    }
    case 'fetch':
      throw new RequestProblem('NOT_BUILT', 'Fetching is not connected to the engine yet.');
  }
}

function isPicture(input: Input): input is PathInput {
  return input.kind !== 'list';
}

function known(inputs: Registries['inputs'], id: InputId): Input {
  const input = inputs.get(id);
  if (input === undefined) {
    throw new RequestProblem('UNKNOWN_INPUT', 'One of the inputs is not known any more: give it again.');
  }
  return input;
}

function thumbsOf({ kind, path }: PathInput): string {
  return join(kind === 'folder' ? path : dirname(path), 'thumbs');
}

function titleOf(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  const name = basename(first) || first;
  return others.length === 0 ? name : `${name} and ${others.length} more`;
}
