/** All of our modules that need sharp, to be loaded together. */

export { toItemError } from './sharp-errors.ts';
export { sharpThumbnails } from './sharp-thumbnail.ts';
