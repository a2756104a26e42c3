import type { MainViteConfig, PreloadViteConfig } from 'electron-vite';
import { build, mergeConfig } from 'vite';

interface Watcher {
  close(): Promise<void>;
}

/** The build tells of its own end in an event. */
interface BuildEvent {
  readonly code: string;
}

/** Some editors write a file in several goes, of which only the last is worth a build. Milliseconds. */
const calm = 100;

/** Builds main and preload whenever a source of theirs changes; calls each time that both are there. */
export async function watchMain(
  main: MainViteConfig,
  preload: PreloadViteConfig,
  pageOrigin: string,
  onBuilt: () => void,
): Promise<Watcher[]> {
  const missing = new Set(['main', 'preload']);
  const parts = {
    main: mergeConfig(main, { define: { __SHOAL_DEV_PAGE__: JSON.stringify(pageOrigin) } }),
    preload,
  };
  return Promise.all(
    Object.entries(parts).map(async ([name, config]) => {
      const watcher = await build(
        mergeConfig(config, { logLevel: 'warn', build: { watch: { buildDelay: calm } } }),
      );
      if (!('on' in watcher)) throw new Error('Vite does not watch.');
      // After a mistake in a source there is no such event: the app goes on as it was, and Vite has said why.
      watcher.on('event', ({ code }: BuildEvent) => {
        if (code !== 'BUNDLE_END') return;
        missing.delete(name);
        if (missing.size === 0) onBuilt();
      });
      return watcher;
    }),
  );
}
