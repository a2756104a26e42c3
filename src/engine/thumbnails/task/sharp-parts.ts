/** What of us needs sharp, together, to be loaded together. */

export { toItemError } from './sharp-errors.ts';
export { sharpThumbnails } from './sharp-thumbnail.ts';
