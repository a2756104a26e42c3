import { expect, test } from 'vitest';
import { ItemError } from '../../shared/failure.ts';
import { machineFault } from './machine-fault.ts';
import { failureOfSystemError } from './system-error.ts';

const withCode = (code: string): Error =>
  Object.assign(new Error(`${code}: something`), { code, syscall: 'open' });

test.each([
  [new RangeError('WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance')],
  [new RangeError('WebAssembly.Memory(): could not allocate memory')],
  [new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory')],
  [new RangeError('Array buffer allocation failed')],
  [new Error('out of memory --- size == 48MB\nlinear: vips error')],
  [new Error('VipsJpeg: Insufficient memory (case 4)')],
  [new Error('heif: Memory allocation error: Unspecified (6.0)')],
  [new Error('std::bad_alloc')],
  [withCode('ENOMEM')],
])('%s is the machine’s fault: no memory', (error) => {
  expect(machineFault(error, '/in/a.jpg')).toMatchObject({ code: 'OUT_OF_MEMORY' });
  expect(machineFault(error, '/in/a.jpg')?.message).toMatch(
    /^\/in\/a\.jpg: there is not enough memory \(.+\)\.$/,
  );
});

test.each([
  [withCode('EMFILE')],
  [withCode('ENFILE')],
  [new Error('Worker initialization failure: EMFILE')],
  [new Error('/in/a.tif: unable to open for read\nunix error: Too many open files')],
])('%s is the machine’s fault: no room for files', (error) => {
  expect(machineFault(error, '/in/a.tif')).toMatchObject({ code: 'TOO_MANY_OPEN_FILES' });
});

test.each([
  [
    'a file that asks for more than it may',
    new Error('heif: Memory allocation error: Security limit exceeded'),
  ],
  ['a damaged file', new Error('VipsJpeg: premature end of JPEG image')],
  ['a file of that name', new Error('Input file is missing: /in/out of memory.jpg')],
  ['what has a code of its own', new ItemError('CORRUPT_IMAGE', 'out of memory')],
  ['another error of the system', withCode('EACCES')],
])('%s is not', (_what, error) => {
  expect(machineFault(error, '/in/out of memory.jpg')).toBeUndefined();
});

test('the file system’s errors of that kind have the same codes', () => {
  expect(failureOfSystemError(withCode('EMFILE'), '/a', 'read').code).toBe('TOO_MANY_OPEN_FILES');
  expect(failureOfSystemError(withCode('ENFILE'), '/a', 'write').code).toBe('TOO_MANY_OPEN_FILES');
  expect(failureOfSystemError(withCode('ENOMEM'), '/a', 'write').code).toBe('OUT_OF_MEMORY');
  expect(failureOfSystemError(new RangeError('Array buffer allocation failed'), '/a', 'read').code).toBe(
    'OUT_OF_MEMORY',
  );
});
