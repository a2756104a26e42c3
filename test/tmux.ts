import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { needs } from './needs.ts';
import { shoalBin } from './run-shoal.ts';
import { tempFolder } from './temp-folder.ts';
import { waitUntil } from './wait-until.ts';

/** A terminal whose screen can be read: tmux keeps it, wraps its lines anew and draws it as other terminals do. */
export const withTmux = needs('tmux', spawnSync('tmux', ['-V']).status === 0);

interface Size {
  readonly columns: number;
  readonly rows?: number;
}

/** A shell on a terminal of a size, in which `shoal` is this checkout's. */
export class Terminal {
  readonly #socket = `shoal-test-${randomUUID()}`;

  /** @param shell what runs in it, instead of bash without any configuration. */
  constructor({ columns, rows = 20 }: Size, shell: readonly string[] = ['bash', '--norc', '--noprofile']) {
    const state = tempFolder();
    const env = { ...process.env, SHOAL_STATE_DIR: state, SHOAL_CONFIG_DIR: state, PS1: '$ ' };
    const size = ['-x', String(columns), '-y', String(rows)];
    execFileSync('tmux', ['-L', this.#socket, '-f', '/dev/null', 'new-session', '-d', ...size, ...shell], {
      env,
    });
    onTestFinished(() => void spawnSync('tmux', ['-L', this.#socket, 'kill-server']));
    this.type(`shoal() { '${process.execPath}' '${shoalBin}' "$@"; }; clear`);
  }

  /** Types a line and Enter. */
  type(line: string): void {
    this.write(line);
    this.press('Enter');
  }

  write(text: string): void {
    this.#tmux('send-keys', '-l', text);
  }

  /** A key by tmux's name, such as `C-z`. */
  press(key: string): void {
    this.#tmux('send-keys', key);
  }

  resize({ columns, rows = 20 }: Size): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** The lines on the screen, without the empty ones at its end. */
  screen(): string[] {
    return this.#tmux('capture-pane', '-p').trimEnd().split('\n');
  }

  get showsCursor(): boolean {
    return this.#tmux('display-message', '-p', '#{cursor_flag}').trim() === '1';
  }

  async shows(text: RegExp): Promise<void> {
    try {
      await waitUntil(() => text.test(this.screen().join('\n')), `the terminal shows ${text}`);
    } catch (error) {
      throw new Error(`${(error as Error).message}:\n${this.screen().join('\n')}`, { cause: error });
    }
  }

  #tmux(...args: string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...args], { encoding: 'utf8' });
  }
}
