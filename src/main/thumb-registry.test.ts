import { expect, it } from 'vitest';
import { ThumbRegistry } from './thumb-registry.ts';

const image = async () => ({ type: 'image/png' as const, bytes: new Uint8Array([1, 2, 3]) });

it('answers an id with its image', async () => {
  const thumbs = new ThumbRegistry();
  const response = await thumbs.answer(`thumb://shoal/${thumbs.register(image)}`);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
});

it('answers nothing but exactly an id', async () => {
  const thumbs = new ThumbRegistry();
  const id = thumbs.register(image);
  const asked = [
    'thumb://shoal/00000000-0000-4000-8000-000000000000',
    `thumb://shoal/${id}/../x`,
    `thumb://shoal/${id}?size=1`,
    `thumb://elsewhere/${id}`,
    `thumb://shoal/x/${id}`,
    'thumb://shoal/etc/passwd',
    'thumb://shoal/../../etc/passwd',
    'thumb://shoal/',
  ];
  for (const address of asked) expect((await thumbs.answer(address)).status, address).toBe(404);
});

it('answers no more when an id is forgotten or its image cannot be read', async () => {
  const thumbs = new ThumbRegistry();
  const forgotten = thumbs.register(image);
  thumbs.forget(forgotten);
  const broken = thumbs.register(() => Promise.reject(new Error('gone')));
  for (const id of [forgotten, broken]) {
    expect((await thumbs.answer(`thumb://shoal/${id}`)).status).toBe(404);
  }
});
