import type { Settings } from './setting.ts';

/** How a fetch makes a data set of what it fetches. */
export const datasetSettings = {
  dataset: {
    type: 'choice',
    flag: '--dataset',
    value: '<layout>',
    choices: ['off', 'webdataset'],
    default: 'off',
    unsaid: 'off',
    help: 'webdataset: tars of images in the order of the list, each with a Parquet table, not single files',
    field: {
      label: 'As a data set',
      more: 'Writing',
      choices: { off: 'No, as single files', webdataset: 'WebDataset: tars with tables' },
    },
  },
  tarItems: {
    type: 'integer',
    flag: '--tar-items',
    value: '<n>',
    min: 1,
    max: 1_000_000,
    default: 10_000,
    help: 'with --dataset: items of the list in a tar',
    field: { label: 'Items in a tar', more: 'Writing', half: true },
  },
  tarBytes: {
    type: 'bytes',
    flag: '--tar-bytes',
    value: '<bytes>',
    min: 1,
    help: 'with --dataset: a tar with so many bytes of images takes no more, such as 1G',
    field: { label: 'Bytes in a tar', more: 'Writing', half: true, hint: 'Such as 500M. Empty: any number.' },
  },
} as const satisfies Settings;
