import { colourChoices, fits, keepChoices, outputFormats } from './choices.ts';
import type { Setting, Settings } from './setting.ts';

/** The longest side of a WebP image, in pixels: the lowest limit of all output formats. */
const longestSide = 16_383;
/** The most sizes made from one decode: each holds its pixels in memory until all are written. */
export const mostSizes = 8;

/** The recipe of the task `thumbnail`, in the order of `--help`. The default is 75×75, inside. */
export const thumbnailSettings = {
  box: {
    type: 'box',
    flag: '--size',
    value: '<pixels>',
    min: 1,
    max: longestSide,
    default: { width: 75, height: 75 },
    help: 'the box to fit in, such as 75 or 320x240; repeat it for several sizes',
    field: { label: 'Sizes', suffix: 'px' },
  },
  furtherBoxes: {
    type: 'boxes',
    flag: '--size',
    partOf: 'box',
    most: mostSizes - 1,
    default: [],
    help: 'further sizes, made of the same decode',
    field: { label: 'Further sizes', suffix: 'px' },
  },
  fit: {
    type: 'choice',
    flag: '--fit',
    value: '<fit>',
    choices: fits,
    default: 'inside',
    help: 'how to fit it',
    withThumbs: 'how to fit a thumbnail',
    field: {
      label: 'Fit',
      choices: {
        inside: 'Inside',
        cover: 'Crop',
        contain: 'Pad',
        fill: 'Stretch',
        outside: 'Outside',
      },
      told: { inside: 'whole', cover: 'cropped', contain: 'padded', fill: 'stretched', outside: 'at least' },
    },
  },
  format: {
    type: 'choice',
    flag: '--format',
    value: '<format>',
    choices: outputFormats,
    default: 'same',
    help: 'what to write',
    withThumbs: 'what to write',
    field: {
      label: 'Format',
      choices: { same: 'As input', jpeg: 'JPEG', png: 'PNG', webp: 'WebP', avif: 'AVIF' },
    },
  },
  quality: {
    type: 'integer',
    flag: '--quality',
    value: '<n>',
    min: 1,
    max: 100,
    default: 80,
    help: '1 to 100, for JPEG, WebP and AVIF',
    withThumbs: '1 to 100, for JPEG, WebP and AVIF',
    field: { label: 'Quality' },
  },
  colour: {
    type: 'choice',
    flag: '--colour',
    value: '<space>',
    choices: colourChoices,
    default: 'srgb',
    help: "the colours written: sRGB, Display P3, or the picture's own with its profile",
    withThumbs: 'the colours written',
    field: {
      label: 'Colours',
      more: 'Colours and metadata',
      choices: { srgb: 'sRGB', p3: 'Display P3', keep: 'As input' },
    },
  },
  keep: {
    type: 'choice',
    flag: '--keep',
    value: '<what>',
    choices: keepChoices,
    default: 'none',
    help: 'what is kept beside the pixels: icc the profile, exif what the camera wrote, all everything; no-gps without the place',
    withThumbs: 'what is kept beside the pixels',
    field: {
      label: 'Metadata kept',
      more: 'Colours and metadata',
      choices: {
        none: 'None',
        icc: 'Colour profile',
        exif: 'EXIF',
        'exif,no-gps': 'EXIF without the place',
        all: 'All',
        'all,no-gps': 'All without the place',
      },
    },
  },
  nameTemplate: {
    type: 'template',
    flag: '--name',
    value: '<template>',
    help: 'how outputs are named: {name}, {ext}, and {width}, {height} of the box asked for',
    field: { label: 'Names of the files', more: 'Names' },
  },
  fast: {
    type: 'switch',
    flag: '--fast',
    default: false,
    help: 'decode JPEG at no less than the target: quicker, less sharp',
    field: { label: 'Quicker JPEG, less sharp', more: 'Reading' },
  },
  previews: {
    type: 'switch',
    flag: '--previews',
    default: false,
    help: 'use the preview in camera files where it is large enough',
    field: { label: 'Previews of the camera, where large enough', more: 'Reading' },
  },
  tolerant: {
    type: 'switch',
    flag: '--tolerant',
    default: false,
    help: 'make what can be made of damaged images, with a warning',
    field: { label: 'What can be made of damaged images', more: 'Reading' },
  },
  maxPixels: {
    type: 'integer',
    flag: '--max-pixels',
    value: '<n>',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    default: 268_402_689,
    help: 'refuse images of more pixels (width × height) before they are decoded: decompression bombs',
    withThumbs: 'refuse images of more pixels (width × height) for thumbnails',
    field: {
      label: 'Refuse images of more than',
      suffix: 'pixels',
      more: 'Reading',
      hint: 'Width × height: a small file can hold far too many.',
    },
  },
} as const satisfies Settings;

/** The settings that `shoal fetch` has for its thumbnails, beside the size. */
export const thumbsOfFetchedSettings: Readonly<Record<string, Setting & { readonly withThumbs: string }>> =
  Object.fromEntries(
    Object.entries<Setting>(thumbnailSettings).flatMap(([key, setting]) =>
      setting.withThumbs === undefined ? [] : [[key, { ...setting, withThumbs: setting.withThumbs }]],
    ),
  );
