import { UsageError } from '../../../shared/failure.ts';
import type { PictureFacts } from '../../../shared/naming/compose-name.ts';
import type { Asked } from '../../../shared/naming/name-template.ts';
import type { ThumbnailRecipe } from '../../../shared/recipe.ts';
import { SeenSet } from '../../files/seen-set.ts';
import { tellsCase } from '../../files/volume/tells-case.ts';
import { NameClaims } from '../../names/name-claims.ts';
import {
  type FilesToPlan,
  type FolderToPlan,
  type Plan,
  type PlannedThumbnail,
  ThumbnailPlan,
} from '../../names/plan-thumbnails.ts';
import type { RunContext } from '../../run/run-options.ts';
import type { Root } from '../roots/thumbnail-roots.ts';

/** So many files are asked ahead of those that are planned. */
const mostAhead = 256;

/**
 * Names the pictures of a run. Where the template asks for what only their files tell, these are read first, in the order
 * of the walk: who gets a name that two could have does not depend on which answer comes first.
 */
export class NamedPictures {
  readonly #plan: ThumbnailPlan;
  readonly #signal: AbortSignal | undefined;
  readonly #claims = new Map<string, NameClaims>();
  readonly #caseIn = new Map<string, boolean>();

  constructor(recipe: ThumbnailRecipe, { signal }: Pick<RunContext, 'signal'>) {
    this.#plan = new ThumbnailPlan(
      recipe,
      (outputFolder) => this.#claimsIn(outputFolder),
      (outputFolder) => this.#tellsCase(outputFolder),
    );
    this.#signal = signal;
  }

  /** Whether outputs lie in folders that the template names. */
  get hasFolders(): boolean {
    return this.#plan.asked.folders;
  }

  /** Whether the names of different folders' pictures may meet. */
  get mayMeet(): boolean {
    const { folders, ownFolder } = this.#plan.asked;
    return folders && !ownFolder;
  }

  /** @throws UsageError for names that this run cannot give. */
  assertCanBeGiven({ shard, inputsElsewhere }: RunContext, roots: readonly Root[]): void {
    const { asked } = this.#plan;
    if (inputsElsewhere) assertKnownBefore(asked);
    if (shard && this.mayMeet && roots.some(({ kind }) => kind === 'folder')) throw mayMeet();
  }

  /** The pictures of a folder, in pieces. */
  ofFolder(folder: FolderToPlan): AsyncGenerator<Generator<PlannedThumbnail>, void> {
    return this.#inPieces(this.#plan.folder(folder));
  }

  /** Single pictures, in pieces. */
  ofFiles(files: FilesToPlan): AsyncGenerator<Generator<PlannedThumbnail>, void> {
    return this.#inPieces(this.#plan.files(files));
  }

  async *#inPieces(plan: Plan): AsyncGenerator<Generator<PlannedThumbnail>, void> {
    if (!this.#plan.asked.facts) {
      yield plan.some(0, plan.count);
      return;
    }
    let ahead = factsFrom(plan, 0);
    for (let from = 0; from < plan.count && !this.#signal?.aborted; from += mostAhead) {
      const facts = await ahead;
      ahead = factsFrom(plan, from + mostAhead);
      yield plan.some(from, from + mostAhead, (at) => facts[at - from]);
    }
  }

  /** Looked at once, however many folders are below it. */
  #tellsCase(outputFolder: string): boolean {
    const tells = this.#caseIn.get(outputFolder) ?? tellsCase(outputFolder);
    this.#caseIn.set(outputFolder, tells);
    return tells;
  }

  /** Of each name 64 bits are kept, however many pictures a run has. */
  #claimsIn(outputFolder: string): NameClaims {
    const claims = this.#claims.get(outputFolder) ?? new NameClaims(new SeenSet());
    this.#claims.set(outputFolder, claims);
    return claims;
  }
}

/** Loaded only where a template asks for it. */
async function factsFrom(plan: Plan, from: number): Promise<readonly PictureFacts[]> {
  if (from >= plan.count) return [];
  const { readFacts } = await import('./read-facts.ts');
  return readFacts(plan.inputs(from, from + mostAhead));
}

/** @throws UsageError for what is not known of pictures that are fetched when their turn comes, a folder at a time. */
function assertKnownBefore({ facts, parent, folders, ownFolder }: Asked): void {
  if (facts || parent) {
    const message =
      'Images in an object storage are named before they are fetched: leave dates, cameras and {parent} out of the names.';
    throw new UsageError(message, { setting: 'nameTemplate' });
  }
  if (folders && !ownFolder) throw mayMeet();
}

function mayMeet(): UsageError {
  const message =
    'Names that begin in the output folder itself could be given twice, because no one sees the images of all folders: begin them with {folder}/.';
  return new UsageError(message, { setting: 'nameTemplate' });
}
