import { appId } from './app-id.ts';

/** A file of a Linux package outside the app's own folder. */
export interface LinuxFile {
  /** In the checkout. */
  readonly from: string;
  /** Below `/usr/share`, or a Flatpak's `/app/share`. */
  readonly to: string;
}

const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512];

/** What electron-builder puts there itself where it makes the package: under the app's short name. */
export const linuxDesktopFiles: readonly LinuxFile[] = [
  { from: 'resources/linux/shoal.desktop', to: `applications/${appId}.desktop` },
  ...iconSizes.map((size) => ({
    from: `resources/icons/${size}x${size}.png`,
    to: `icons/hicolor/${size}x${size}/apps/${appId}.png`,
  })),
];

/** What it knows nothing of. */
export const linuxFurtherFiles: readonly LinuxFile[] = [
  { from: 'resources/linux/shoal.metainfo.xml', to: `metainfo/${appId}.metainfo.xml` },
  { from: 'resources/linux/shoal.mime.xml', to: `mime/packages/${appId}.xml` },
  { from: 'resources/icons/icon.svg', to: `icons/hicolor/scalable/apps/${appId}.svg` },
  { from: 'resources/icons/icon-symbolic.svg', to: `icons/hicolor/symbolic/apps/${appId}-symbolic.svg` },
  { from: 'dist/shoal.1', to: 'man/man1/shoal.1' },
  { from: 'resources/linux/file-managers/shoal.nemo_action', to: 'nemo/actions/shoal.nemo_action' },
  { from: 'resources/linux/file-managers/dolphin.desktop', to: 'kio/servicemenus/shoal.desktop' },
  { from: 'resources/linux/file-managers/thunar.desktop', to: 'Thunar/sendto/shoal.desktop' },
  { from: 'resources/linux/file-managers/nautilus', to: 'shoal/nautilus/Make thumbnails' },
];

/** Where `/usr/bin/shoal` leads, from the app's folder. */
export const linuxLauncher = 'resources/bin/shoal';
