import { type Means, travel } from './journey.ts';
import type { TextAttempt } from './protocol.ts';

/** Longer texts are cut, as RFC 9309 allows for a robots.txt. */
const longest = 512 * 1024;

/** Fetches a small text into memory. What goes wrong is told, not thrown. */
export async function fetchText(means: Means, url: string, signal: AbortSignal): Promise<TextAttempt> {
  let status = 0;
  let bytes = 0;
  const chunks: Buffer[] = [];
  try {
    await travel(
      means,
      { url, signal, further: [] },
      {
        arrive: (head) => {
          status = head.status;
          return {
            data: (chunk) => {
              bytes += chunk.length;
              if (bytes <= longest) chunks.push(Buffer.from(chunk));
              return 0;
            },
          };
        },
      },
    );
    return { kind: 'text', status, text: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    return { kind: 'unreachable', reason: error instanceof Error ? error.message : String(error) };
  }
}
