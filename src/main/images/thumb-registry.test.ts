import { expect, it } from 'vitest';
import { thumbIdSchema } from '../../shared/ipc/run.ts';
import { ThumbRegistry } from './thumb-registry.ts';

const image = async () => ({ type: 'image/png' as const, bytes: new Uint8Array([1, 2, 3]) });

it('answers an id with the image of that item', async () => {
  const thumbs = new ThumbRegistry();
  const run = thumbs.register(async (index) => (index === 7 ? image() : undefined));
  const response = await thumbs.answer(`thumb://shoal/${run.idOf(7)}`);
  expect((await thumbs.answer(`thumb://shoal/${run.idOf(8)}`)).status).toBe(404);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
});

it('answers nothing but exactly an id', async () => {
  const thumbs = new ThumbRegistry();
  const id = thumbs.register(image).idOf(0);
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

it('answers no more when a run is forgotten or its image cannot be read', async () => {
  const thumbs = new ThumbRegistry();
  const forgotten = thumbs.register(image);
  forgotten.forget();
  const broken = thumbs.register(() => Promise.reject(new Error('gone')));
  for (const run of [forgotten, broken]) {
    expect((await thumbs.answer(`thumb://shoal/${run.idOf(0)}`)).status).toBe(404);
  }
});

it('gives ids of the form that the contract asks for, each item of each run its own', () => {
  const thumbs = new ThumbRegistry();
  const runs = [thumbs.register(image), thumbs.register(image)];
  const ids = runs.flatMap((run) => [0, 1, 4_294_967_295].map((index) => run.idOf(index)));
  for (const id of ids) expect(thumbIdSchema.safeParse(id).success, id).toBe(true);
  expect(new Set(ids).size).toBe(6);
});
