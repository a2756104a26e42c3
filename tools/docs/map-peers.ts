/** What Shoal does, and what shows it: a section of a page whose examples are run, or a test by its name. */
export interface Shown {
  readonly cell: string;
  readonly by: readonly [file: string, name: string];
}

/** An ability, and who has it. */
export interface Ability {
  readonly ability: string;
  readonly library: Shown | string;
  readonly command: Shown | string;
  /** Of the peers in their order, by their documentation. */
  readonly peers: readonly [pMap: string, piscina: string, parallel: string, xargs: string, pool: string];
}

const recipe = (cell: string, section: string): Shown => ({ cell, by: ['docs/library.md', section] });
const onPage = (cell: string, section: string): Shown => ({ cell, by: ['docs/map.md', section] });
const test = (cell: string, file: string, name: string): Shown => ({ cell, by: [`src/${file}`, name] });

const threads = test(
  '✓ modules',
  'engine/map/map-pool-size.test.ts',
  'the number in flight inside the workers follows the pool size, up and down',
);
const orders = test(
  'both',
  'engine/map/map.test.ts',
  'mapStream gives them in input order, or as they finish when asked',
);
const lazy = test(
  '✓',
  'engine/map/map-backpressure.test.ts',
  'map reads its source no further than what is in flight',
);
const automatic = test(
  '✓',
  'engine/pool/automatic/size-controller.test.ts',
  'the knee is found and held, where all items take the same time',
);
const death = test(
  '✓',
  'engine/map/map-worker-death.test.ts',
  'a worker that runs out of memory fails only the item it held',
);

export const abilities: readonly Ability[] = [
  {
    ability: 'results in the order of the input, or of finishing',
    library: orders,
    command: onPage('both', 'As they end'),
    peers: ['input', 'by hand', '`-k`, or finishing', 'finishing', '`imap`, `imap_unordered`'],
  },
  {
    ability: 'threads or processes, for what computes',
    library: threads,
    command: threads,
    peers: ['–', '✓', '✓', '✓', '✓'],
  },
  {
    ability: 'reads its source as it goes, waits for its reader',
    library: lazy,
    command: recipe('✓', 'A million lines, no faster than they are taken'),
    peers: ['`pMapIterable`', 'by hand (`drain`)', '✓', '✓', '– (`imap` reads ahead)'],
  },
  {
    ability: 'tiny items go together',
    library: onPage('automatic, `chunkSize`', 'Chunks'),
    command: onPage('automatic, `--chunk`', 'Chunks'),
    peers: ['–', '–', '`-n`, `--pipe`', '`-n`', '`chunksize`'],
  },
  {
    ability: 'something handed to the task',
    library: recipe('`data`', 'Something that each worker makes once'),
    command: onPage('`--options`', 'The task'),
    peers: ['closure', '`workerData`', 'templates', 'templates', '`partial`, `starmap`'],
  },
  {
    ability: 'something made once in each worker',
    library: recipe('`init`', 'Something that each worker makes once'),
    command: onPage('`init`', 'The task'),
    peers: ['–', 'top-level `await`', '–', '–', '`initializer`'],
  },
  {
    ability: 'any export of a module',
    library: recipe('`module#name`', 'Several functions in one module'),
    command: onPage('`module#name`', 'Another export'),
    peers: ['–', '`name`', '–', '–', '✓'],
  },
  {
    ability: 'buffers that change hands without a copy',
    library: recipe('`transfer`, `move`', 'Buffers that are moved, not copied'),
    command: '–',
    peers: ['–', '`move`', '–', '–', '`shared_memory`'],
  },
  {
    ability: 'a time limit for each item',
    library: recipe('`timeoutMs`', 'A time limit for each item'),
    command: onPage('`--timeout`', 'A limit of time'),
    peers: ['by hand', '`signal`', '`--timeout`', '–', '`get(timeout)`'],
  },
  {
    ability: 'retries',
    library: recipe('`retries`', 'Retries, with a wait that grows'),
    command: onPage('`--retries`', 'Again'),
    peers: ['with p-retry', '–', '`--retries`', '–', '–'],
  },
  {
    ability: 'an end at the first failure',
    library: recipe('`stopOnError`, `throwOnFailure`', 'Stop at the first failure'),
    command: onPage('`--halt`', 'No further'),
    peers: ['the default', 'the default', '`--halt`', 'exit code 255', 'the default of `map`'],
  },
  {
    ability: 'the error, with stack and cause',
    library: recipe('✓', 'The shape of results'),
    command: onPage('in `--json`', 'When an item fails'),
    peers: ['✓', '✓', 'exit code, log', '–', 'traceback'],
  },
  {
    ability: 'progress, also of one item',
    library: recipe('`onResult`, `onProgress`', 'How far one item is'),
    command: '✓ on a terminal',
    peers: ['by hand', 'by hand', '`--bar`', '–', 'by hand'],
  },
  {
    ability: 'the size changed while it runs, paused',
    library: recipe('✓ ✓', 'The pool, changed while it is at work'),
    command: '–',
    peers: ['–', '–', '`-j` of a file', 'signals', '–'],
  },
  {
    ability: 'a size that it finds itself',
    library: automatic,
    command: automatic,
    peers: ['–', '–', '`--load`, `--memfree`', '–', '–'],
  },
  {
    ability: 'workers that are replaced after some items',
    library: onPage('`itemsPerWorker`', 'Workers'),
    command: onPage('`--worker-items`', 'Workers'),
    peers: ['–', '–', 'a process an item', 'a process for some', '`maxtasksperchild`'],
  },
  {
    ability: 'a worker that crashes costs one item',
    library: death,
    command: death,
    peers: ['–', 'rejects', '✓', '✓', 'hangs'],
  },
  {
    ability: 'a limit of memory for each worker',
    library: onPage('`maxHeapMiB`', 'Workers'),
    command: onPage('`--heap`', 'Workers'),
    peers: ['–', '✓', '`--memfree`', '–', '–'],
  },
  {
    ability: 'items that end with NUL',
    library: '–',
    command: recipe('`--null`', 'From the shell: find, map, jq'),
    peers: ['–', '–', '`-0`', '`-0`', '–'],
  },
  {
    ability: 'a log that a killed run goes on from',
    library: recipe('by hand', 'Cancel, and go on later'),
    command: onPage('✓', 'Resuming'),
    peers: ['–', '–', '`--joblog --resume`', '–', '–'],
  },
  {
    ability: 'several machines',
    library: '–',
    command: test(
      '`--queue`, `--shard`',
      'cli/shards.test.ts',
      'the items of a function, given as arguments or on standard input',
    ),
    peers: ['–', '–', '`--sshlogin`', '–', '–'],
  },
];
