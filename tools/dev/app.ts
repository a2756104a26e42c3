import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startStandIn } from '../../test/electron-stand-in/connect.ts';
import { writeAppManifest } from '../app-manifest.ts';
import { findDisplay } from '../display.ts';
import { type Driver, electronBinary, projectRoot } from '../driver.ts';

interface DevAppOptions {
  readonly driver: Driver;
  /** Where `main/` and `preload/` are built. */
  readonly folder: string;
  readonly visible: boolean;
  readonly args: readonly string[];
  readonly userData: string;
  /** Somebody closed the app. */
  readonly onClosed: () => void;
}

interface Running {
  /** Its exit code; null after a signal. */
  readonly ended: Promise<number | null>;
  quit(): Promise<void>;
}

/** A change mostly has main and preload built: one start for both. Milliseconds. */
const calm = 100;

/**
 * The app, started anew with each build. electron-vite's own server starts the next before the last has gone, which
 * then takes it for a second start by the same person, and it ends.
 */
export class DevApp {
  readonly #options: DevAppOptions;
  #running: Running | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #over = false;

  constructor(options: DevAppOptions) {
    this.#options = options;
    writeAppManifest(projectRoot, options.folder);
  }

  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#turn = this.#turn.then(() => this.#startAnew());
    }, calm);
  }

  async quit(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#timer);
    await this.#turn;
    await this.#running?.quit();
  }

  async #startAnew(): Promise<void> {
    if (this.#over) return;
    const last = this.#running;
    this.#running = undefined;
    await last?.quit();
    console.log(last ? 'Main has changed: the app starts anew.' : 'The app starts.');
    try {
      const next = await this.#start();
      this.#running = next;
      void next.ended.then((code) => {
        if (this.#running === next) this.#ended(code);
      });
    } catch (error) {
      // Before it could say a word: a start that finds the app running hands over what it was given, and ends well.
      this.#ended(error instanceof Error ? error.cause : error);
    }
  }

  /** Somebody closed it, or a change was a mistake, which the next one mends. */
  #ended(code: unknown): void {
    this.#running = undefined;
    if (this.#over) return;
    if (code === 0) this.#options.onClosed();
    else console.error(`The app ended (${code ?? 'by a signal'}). It starts again with the next change.`);
  }

  async #start(): Promise<Running> {
    const { driver, folder, args, userData, visible } = this.#options;
    const env = { ...process.env, SHOAL_USER_DATA: userData };
    const binary = driver === 'electron' ? electronBinary() : undefined;
    if (binary !== undefined) {
      const child = spawn(binary, [folder, ...args], { stdio: 'inherit', env });
      const ended = once(child, 'exit').then(([code]) => code as number | null);
      const quit = async () => {
        child.kill();
        await ended;
      };
      return { ended, quit };
    }
    const shown = visible && findDisplay() === 'there';
    const standIn = await startStandIn({ appFolder: folder, args, env, visible: shown });
    console.log(`DevTools of the ${shown ? 'window' : 'page, which has no display'}: ${standIn.endpoint}`);
    const ended = once(standIn.process, 'exit').then(([code]) => code as number | null);
    return { ended, quit: () => standIn.quit().catch((error: unknown) => console.error(String(error))) };
  }
}
