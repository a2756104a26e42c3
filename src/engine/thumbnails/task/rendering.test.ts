import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/temp-folder.ts';
import type { Rendering } from './image/rendering.ts';
import { writeAll } from './thumbnail.ts';

test('what was written is told with all that its rendering tells, whatever that is', () => {
  const output = join(tempFolder(), 'a.jpg');
  const told = { via: 'kernel', warning: 'It has an odd end.', camera: 'Zorki 4' } as const;
  const rendition = {
    data: Buffer.from('x'),
    width: 1,
    height: 1,
    format: 'jpeg' as const,
    colour: 0x00_74_89,
  };
  const rendering: Rendering = { renditions: [rendition], ...told };
  const made = writeAll(rendering, { paths: [output], durable: false });
  expect(made).toEqual({ output, bytesOut: 1, width: 1, height: 1, colour: '#007489', ...told });
});
