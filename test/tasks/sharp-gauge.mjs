import sharp from 'sharp';

sharp.concurrency(1);

/**
 * Works on images and tells the most that libuv's threads worked on at once, in the whole process: on as many as the
 * item says, one after the other, because threads take a while to start on a busy machine. Eight are enough to see.
 */
export default async function sharpGauge(images) {
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
  for (let round = 0; round < Number(images) && most < 8; round += 1) {
    await sharp({ create }).blur(20).jpeg().toBuffer();
  }
  clearInterval(watch);
  return { most, concurrency: sharp.concurrency() };
}
