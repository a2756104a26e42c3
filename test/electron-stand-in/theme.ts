import { EventEmitter } from 'node:events';

type Source = Electron.NativeTheme['themeSource'];

/** The colours that the app asks for. The desktop's own are the page's to know: here they count as light. */
export class StandInTheme
  extends EventEmitter<{ updated: [] }>
  implements Pick<Electron.NativeTheme, 'shouldUseDarkColors'>
{
  private source: Source = 'system';

  get themeSource(): Source {
    return this.source;
  }
  set themeSource(source: Source) {
    if (source === this.source) return;
    this.source = source;
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }

  /** The media features of a page under this theme, as DevTools takes them. */
  get media(): { name: string; value: string }[] {
    return this.source === 'system' ? [] : [{ name: 'prefers-color-scheme', value: this.source }];
  }
}
