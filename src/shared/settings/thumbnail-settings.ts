import { chromas, fits, outputFormats, positions } from './choices.ts';
import { colourPattern } from './css-colour.ts';
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
  position: {
    type: 'choice',
    flag: '--position',
    value: '<place>',
    choices: positions,
    default: 'centre',
    help: 'which part --fit cover keeps, and where --fit contain puts the image',
    withThumbs: 'which part --fit cover keeps, and where --fit contain puts it',
    field: {
      label: 'Position',
      more: 'Look',
      hint: 'Which part Crop keeps, and where Pad puts the image.',
      choices: {
        centre: 'Centre',
        north: 'Top',
        northeast: 'Top right',
        east: 'Right',
        southeast: 'Bottom right',
        south: 'Bottom',
        southwest: 'Bottom left',
        west: 'Left',
        northwest: 'Top left',
        attention: 'What catches the eye',
        entropy: 'Most detail',
      },
    },
  },
  background: {
    type: 'text',
    flag: '--background',
    value: '<colour>',
    pattern: colourPattern,
    expected: 'a colour of CSS, such as white, #fc0 or #00000080',
    help: 'the colour around --fit contain, and below what is transparent in JPEG: white, #fc0, #00000080',
    withThumbs: 'the colour around --fit contain, and below what is transparent in JPEG',
    field: {
      label: 'Background',
      more: 'Look',
      hint: 'Around Pad, and below what is transparent in JPEG: white, #fc0, #00000080.',
    },
  },
  sharpen: {
    type: 'number',
    flag: '--sharpen',
    value: '<sigma>',
    min: 0,
    max: 10,
    default: 0,
    help: 'sharpen after scaling, 0 to 10: 0.5 is a light touch, 1 is plain to see',
    withThumbs: 'sharpen after scaling, 0 to 10',
    field: {
      label: 'Sharpen',
      more: 'Look',
      hint: '0 leaves it as it is, 0.5 is a light touch, 1 is plain to see.',
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
  lossless: {
    type: 'switch',
    flag: '--lossless',
    default: false,
    help: 'WebP and AVIF that lose nothing of the pixels',
    withThumbs: 'WebP and AVIF that lose nothing of the pixels',
    field: { label: 'Lossless WebP and AVIF', more: 'Writing' },
  },
  progressive: {
    type: 'switch',
    flag: '--progressive',
    default: false,
    help: 'JPEG that is seen as a whole, coarse at first, while it loads',
    withThumbs: 'JPEG that is seen as a whole, coarse at first, while it loads',
    field: { label: 'Progressive JPEG', more: 'Writing' },
  },
  chroma: {
    type: 'choice',
    flag: '--chroma',
    value: '<sampling>',
    choices: chromas,
    default: 'auto',
    unsaid: 'auto',
    help: 'the colours of JPEG (without: 420) and AVIF (without: 444): 444 keeps red edges sharp',
    withThumbs: 'the colours of JPEG and AVIF: 444 keeps red edges sharp',
    field: {
      label: 'Colours of JPEG and AVIF',
      more: 'Writing',
      choices: { auto: 'As usual', '420': '4:2:0, smaller', '444': '4:4:4, sharper' },
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
