/** All of our modules that need sharp, to be loaded together. */

export { failureOfDecoding } from './failure-of-decoding.ts';
export { inColours, rasterOf, sharpThumbnailsOfRaster } from './sharp-raster.ts';
export { sharpThumbnails } from './sharp-thumbnail.ts';
