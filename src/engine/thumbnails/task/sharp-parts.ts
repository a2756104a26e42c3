/** What of us needs sharp, together, to be loaded together. */
export { sharpThumbnails } from './sharp-thumbnail.ts';
export { whyItFailed } from './why-it-failed.ts';
