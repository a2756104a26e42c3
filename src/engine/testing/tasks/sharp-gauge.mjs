import sharp from 'sharp';

sharp.concurrency(1);

/** Works on an image and tells the most images that libuv's threads worked on at once, in the whole process. */
export default async function sharpGauge() {
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, sharp.counters().process);
  }, 2);
  const create = {
    width: 1000,
    height: 1000,
    channels: 3,
    background: '#336699',
    noise: { type: 'gaussian', mean: 128, sigma: 30 },
  };
  await sharp({ create }).blur(20).jpeg().toBuffer();
  clearInterval(watch);
  return { most, concurrency: sharp.concurrency() };
}
