/** Keeps a core busy for so many milliseconds of its own time, however many others want it. */
export default function compute(ms) {
  const { user: before } = process.threadCpuUsage();
  while (process.threadCpuUsage().user - before < ms * 1_000);
  return ms;
}
