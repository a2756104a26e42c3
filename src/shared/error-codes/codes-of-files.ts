import type { CodeTable } from './code-words.ts';

export const anyTaskCodes = {
  TASK_THREW: {
    title: 'The task failed',
    advice: 'Your function threw: its message tells why.',
  },
  TASK_TIMEOUT: {
    title: 'The task took too long',
    advice: 'Allow each item more time, or let your function end when its signal says so.',
    atTerminal: 'Allow each item more time with --timeout, or let your function end when its signal says so.',
  },
  WORKER_DIED: {
    title: 'A worker ended unexpectedly',
    advice: 'A worker ended, perhaps out of memory: try a smaller pool.',
  },
  BUCKET_FAILED: {
    title: 'A part of a run in a queue failed',
    advice: 'The message says why no worker could do it: mend that, then retry the run.',
  },
  OUT_OF_MEMORY: {
    title: 'The memory was used up',
    advice: 'The machine had no memory left: try a smaller pool, or close other programs.',
  },
  TOO_MANY_OPEN_FILES: {
    title: 'Too many files were open',
    advice:
      'Too many files and connections were open at once: try a smaller pool, or let the process open more.',
    atTerminal:
      'Too many files and connections were open at once: try a smaller pool, or allow more (ulimit -n).',
    inWindow: 'Retry with a smaller pool.',
  },
  UNEXPECTED: {
    title: 'Something unforeseen happened',
    advice: "Run it again; if it fails again it is a fault of Shoal's: please report it.",
    atTerminal: "Run the same command again; if it fails again it is a fault of Shoal's: please report it.",
    inWindow: "Retry; if it fails again it is a fault of Shoal's: please report it.",
  },
  TASK_NOT_FOUND: {
    title: 'The task was not found',
    advice: 'Check the path of the module and that it has a default export that is a function.',
  },
  BAD_INPUT: {
    title: 'The input cannot be used',
    advice: 'The item cannot be sent to another thread: use plain data.',
  },
} as const satisfies CodeTable;

export const fileCodes = {
  NOT_FOUND: {
    title: 'The file is gone',
    advice: 'The file is not there: check the path.',
  },
  NOT_READABLE: {
    title: 'The file may not be read',
    advice: 'You may not read it: check its permissions.',
  },
  NOT_WRITABLE: {
    title: 'The result could not be written',
    advice: 'You may not write there: check the folder, or choose another.',
    atTerminal: 'You may not write there: check the folder, or choose another with --out.',
    inWindow: 'You may not write there: choose another output folder.',
  },
  NOT_A_FILE: {
    title: 'It is not a file',
    advice: 'Give a file, or a folder where one is meant.',
  },
  SYMLINK_LOOP: {
    title: 'A link leads back to itself',
    advice: 'A symbolic link leads back to itself: mend or remove it.',
  },
  DISK_FULL: {
    title: 'The disk is full',
    advice: 'Make room on the disk, then run it again: what is done is skipped.',
    atTerminal: 'Make room on the disk, then run the same command again: what is done is skipped.',
    inWindow: 'Make room on the disk, then run again: what is done is skipped.',
  },
  NAME_NOT_UTF8: {
    title: 'The name is not UTF-8',
    advice:
      'Its name is in an old encoding: rename it (convmv does so for whole folders), or convert the list (iconv).',
  },
  NAME_TOO_LONG: {
    title: 'The name is too long',
    advice: 'The file system takes no name this long: rename it.',
  },
  NOT_A_FOLDER: {
    title: 'It is not a folder any more',
    advice: 'A file is in the place of the folder: put the folder back, then watch it again.',
  },
  TOO_MANY_WATCHES: {
    title: 'The system watches no more folders',
    advice:
      'The system lets no more folders be watched: watch one with fewer folders in it, or allow more (on Linux: sudo sysctl fs.inotify.max_user_watches=1048576).',
  },
  STORAGE_FAILED: {
    title: 'The object storage did not do it',
    advice:
      'The message has its answer: check the address, the bucket and your credentials, and run it again.',
    inWindow: 'The message has its answer: check the address, the bucket and the credentials, then retry.',
  },
  IO_ERROR: {
    title: 'Reading or writing failed',
    advice: 'The disk or file system reported an error: look into the system log.',
  },
} as const satisfies CodeTable;

export const imageCodes = {
  EMPTY_FILE: {
    title: 'The file is empty',
    advice: 'The file is empty: get it again from where it came from.',
    inWindow: 'Get it again from where it came from.',
  },
  NOT_AN_IMAGE: {
    title: 'It is not an image',
    advice: 'It is no image, whatever its name says.',
    inWindow: 'Its content is something else, whatever its name says.',
  },
  UNSUPPORTED_IMAGE: {
    title: 'An unknown image format',
    advice: 'The format cannot be read: convert it first.',
  },
  TRUNCATED_IMAGE: {
    title: 'The image is cut short',
    advice: 'The end of the file is missing: get it again from where it came from.',
    inWindow: 'Its end is missing: get it again from where it came from.',
  },
  CORRUPT_IMAGE: {
    title: 'The image is damaged',
    advice: 'The file is damaged: get it again from where it came from.',
    inWindow: 'Get it again from where it came from.',
  },
  NO_PREVIEW: {
    title: 'The raw photo has no preview that is large enough',
    advice:
      'Raw photos are shown by the pictures that the camera puts into them: ask for smaller thumbnails, or develop the photo first.',
  },
  PASSWORD_NEEDED: {
    title: 'The document is encrypted',
    advice: 'It opens only with its password: save it without one first.',
  },
  NO_FLAT_PICTURE: {
    title: 'The document has no flat picture',
    advice: 'Save it in Photoshop with “Maximize Compatibility”, or export it as PNG.',
  },
  FFMPEG_MISSING: {
    title: 'A video needs ffmpeg',
    advice: 'Install ffmpeg, so that it is found on the PATH.',
  },
  TOO_MANY_PIXELS: {
    title: 'The image is too large',
    advice: 'It is larger than the limit, which protects your memory.',
    atTerminal: 'It is larger than the limit, which protects your memory: raise it with --max-pixels.',
  },
  DECODING_TOO_SLOW: {
    title: 'Decoding took too long',
    advice: 'The image takes too long to decode: convert it first, or try a smaller pool.',
  },
  OUTPUT_TOO_LARGE: {
    title: 'The result is too large for its format',
    advice: 'The format holds no image that large: choose a smaller size or another format.',
    atTerminal: 'The format holds no image that large: choose a smaller --size or another --format.',
  },
  TOO_MANY_BYTES: {
    title: 'The thumbnail cannot be that small a file',
    advice:
      'Even in the lowest quality it has more bytes than are allowed: choose a smaller size, another format or more bytes.',
    atTerminal:
      'Even in the lowest quality it has more bytes than are allowed: choose a smaller --size, another --format or more --max-bytes.',
  },
  OUTPUT_IS_INPUT: {
    title: 'It would land among the originals',
    advice: 'The result would land among originals or replace one: choose another folder.',
    atTerminal: 'The result would land among originals or replace one: choose another folder with --out.',
    inWindow: 'The result could replace an original: choose another output folder.',
  },
  OUTPUT_EXISTS: {
    title: 'Another file has its name',
    advice: 'A file that Shoal did not make is there: choose another folder, or force the run to replace it.',
    atTerminal: 'A file that Shoal did not make is there: choose another folder with --out, or use --force.',
    inWindow: 'A file that Shoal did not make is there: choose another output folder.',
  },
} as const satisfies CodeTable;
