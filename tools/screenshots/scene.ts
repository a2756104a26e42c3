import type { LaunchedApp } from '../../e2e/launched-app.ts';
import type { Material } from './material.ts';

export interface Stage extends Material {
  /** This scene's own folder, gone afterwards. */
  readonly folder: string;
  /** Starts the app again, with the memory it has. */
  readonly start: () => Promise<LaunchedApp>;
  /** Called when the pictures are taken. */
  readonly atEnd: (end: () => Promise<void>) => void;
}

export interface Scene {
  readonly name: string;
  /** Also taken in a small and in a large window. */
  readonly main?: boolean;
  /** Brings a window that was loaded anew back to the screen. */
  readonly show?: (app: LaunchedApp) => Promise<void>;
  /** Brings the window into the state; returns the app to take the picture of. */
  readonly arrange: (app: LaunchedApp, stage: Stage) => Promise<LaunchedApp>;
}
